import type { Latency } from '../load/open-loop.ts';
import { median, pairedRatio } from '../statistics.ts';
import { inRounds, type Measure, type Reading } from './measure.ts';
import { startGateway, startLoadGenerator, startNoOp } from './webhook-servers.ts';

const RATES = [1_000, 3_000];

/** How long an acknowledgement takes when webhooks come at a fixed rate. */
export const measureLatency: Measure = async (run) => {
  const generator = startLoadGenerator();
  const gateway = await startGateway(run, 'latency');
  const noOp = await startNoOp('http');
  const results = RATES.map((rate) => ({ rate, gateway: [] as Latency[], noOp: [] as Latency[] }));
  const { connections, load } = run;

  const warmUp = { connections, milliseconds: run.load / 2, repeat: false };
  for (const { port } of [gateway, noOp]) {
    await generator.order('prepare', 3_000);
    await generator.order('closedLoop', { port, ...warmUp });
  }
  await gateway.rest();
  await inRounds(run, run.rounds, async (round) => {
    for (const { rate, ...found } of results) {
      await generator.order('prepare', Math.ceil((rate * load) / 1000));
      const options = { connections, rate, milliseconds: load };
      found.noOp.push(await generator.order('openLoop', { port: noOp.port, ...options }));
      found.gateway.push(await generator.order('openLoop', { port: gateway.port, ...options }));
      await gateway.rest();
      const [ours, bare] = [found.gateway.at(-1), found.noOp.at(-1)];
      run.say(
        `round ${round + 1}, ${rate}/s: p50 ${ours?.sinceDue.p50.toFixed(2)} ms (bare ${bare?.sinceDue.p50.toFixed(2)}), p99 ${ours?.sinceDue.p99.toFixed(1)} ms (bare ${bare?.sinceDue.p99.toFixed(1)})`,
      );
    }
  });
  await gateway.stop();
  await noOp.stop();
  await generator.stop();

  return results.flatMap(({ rate, gateway: ours, noOp: bare }): Reading[] => {
    const p50 = (found: Latency[]) => found.map(({ sinceDue }) => sinceDue.p50);
    const p99 = (found: Latency[]) => found.map(({ sinceDue }) => sinceDue.p99);
    const stalled = (found: Latency[]) => found.map(({ sincePlanned }) => sincePlanned.p99);
    const at = `at ${rate.toLocaleString('en')}/s`;
    const isGoal = rate === 1_000;
    return [
      {
        what: `p50 ${at} ÷ bare handler’s`,
        value: pairedRatio(p50(ours), p50(bare)),
        unit: '×',
        ...(isGoal ? { slice: { most: 5 }, aim: { most: 3 } } : {}),
      },
      { what: `p50 ${at}`, value: median(p50(ours)), unit: 'ms' },
      {
        what: `p99 ${at}`,
        value: median(p99(ours)),
        unit: 'ms',
        ...(isGoal ? {} : { aim: { most: 10 } }),
      },
      { what: `p50 of the bare handler ${at}`, value: median(p50(bare)), unit: 'ms' },
      { what: `p99 of the bare handler ${at}`, value: median(p99(bare)), unit: 'ms' },
      { what: `p99 ${at}, the generator’s own delays counted`, value: median(stalled(ours)), unit: 'ms' },
      {
        what: `p99 of the bare handler ${at}, the generator’s own delays counted`,
        value: median(stalled(bare)),
        unit: 'ms',
      },
    ];
  });
};

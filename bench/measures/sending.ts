import { join } from 'node:path';
import type { BarePool } from '../processes/bare-pool.ts';
import type { GatewayProcess } from '../processes/gateway.ts';
import type { GraphApiServer } from '../processes/graph-api.ts';
import type { QueueFiller } from '../processes/queue-filler.ts';
import { startProcess } from '../processes/start-process.ts';
import { median, pairedRatio } from '../statistics.ts';
import { type BenchRun, inRounds, type Measure } from './measure.ts';

/** As many as the gateway has on their way at most. */
const IN_FLIGHT = 256;

/** Sends per second with everything kept, beside a client that keeps nothing; at once and after 80 ms. */
export const measureSending: Measure = async (run) => {
  const graph = startProcess<GraphApiServer>('graph-api');
  const pool = startProcess<BarePool>('bare-pool');
  const port = await graph.order('listen');
  const delays = [
    { delay: 0, count: run.quick ? 1_000 : 2_500, ours: [] as number[], bare: [] as number[] },
    { delay: 80, count: run.quick ? 600 : 1_500, ours: [] as number[], bare: [] as number[] },
  ];

  await inRounds(run, run.quick ? 1 : Math.min(3, run.rounds), async (round) => {
    for (const { delay, count, ours, bare } of delays) {
      await graph.order('begin', delay);
      await pool.order('send', { port, count, inFlight: IN_FLIGHT });
      bare.push((await graph.order('arrived')).perSecond);
      await graph.order('begin', delay);
      await sendByGateway(run, { name: `sending-${delay}-${round}`, port, count });
      const { count: arrived, perSecond } = await graph.order('arrived');
      if (arrived !== count) throw new Error(`Of ${count} notifications ${arrived} arrived.`);
      ours.push(perSecond);
      run.say(
        `round ${round + 1}, answers after ${delay} ms: ${Math.round(perSecond)} sends/s (bare pool ${Math.round(bare.at(-1) ?? 0)})`,
      );
    }
  });
  await graph.stop();
  await pool.stop();

  return delays.flatMap(({ delay, ours, bare }) => {
    const when = delay === 0 ? 'answered at once' : `answered after ${delay} ms`;
    return [
      {
        what: `durable sends ÷ bare undici pool, ${when}`,
        value: pairedRatio(ours, bare),
        unit: '×',
        ...(delay === 0 ? { aim: { least: 0.35 } } : {}),
      },
      { what: `durable sends, ${when}`, value: median(ours), unit: '/s' },
      { what: `sends of the bare pool, ${when}`, value: median(bare), unit: '/s' },
    ];
  });
};

/** Starts a gateway on a full queue, and ends it when everything is sent and settled. */
async function sendByGateway(
  run: BenchRun,
  options: { name: string; port: number; count: number },
): Promise<void> {
  const file = join(run.folder, `${options.name}.db`);
  const filler = startProcess<QueueFiller>('queue-filler');
  await filler.order('fill', { file, count: options.count });
  await filler.stop();
  const gateway = startProcess<GatewayProcess>('gateway');
  await gateway.order('start', { database: `sqlite:${file}`, graphUrl: `http://127.0.0.1:${options.port}` });
  await gateway.order('drain');
  await gateway.order('close');
  await gateway.stop();
}

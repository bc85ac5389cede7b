import { statSync } from 'node:fs';
import { createBodies } from '../bodies.ts';
import { benchAdminKey } from '../gateway-environment.ts';
import { median } from '../statistics.ts';
import { inRounds, type Measure } from './measure.ts';
import { startGateway, startLoadGenerator } from './webhook-servers.ts';

/** Events per second until everything posted is appended, folded, and read by one follower; then the disk. */
export const measurePipeline: Measure = async (run) => {
  const generator = startLoadGenerator();
  const gateway = await startGateway(run, 'pipeline');
  const follow = createFollower(gateway.port);
  const { connections } = run;
  const perSecond: number[] = [];
  let posted = 0;

  async function post(count: number): Promise<number> {
    await generator.order('prepare', count);
    const began = performance.now();
    const followed = follow(count);
    const options = { port: gateway.port, connections, milliseconds: 60_000, repeat: false };
    const { answered } = await generator.order('closedLoop', options);
    if (answered !== count) throw new Error(`Of ${count} webhooks ${answered} were acknowledged.`);
    await Promise.all([followed, gateway.rest()]);
    posted += count;
    return (count * 1000) / (performance.now() - began);
  }

  await post(2_000);
  const count = run.quick ? 4_000 : 10_000;
  await inRounds(run, run.rounds, async (round) => {
    perSecond.push(await post(count));
    run.say(`round ${round + 1}: ${Math.round(perSecond.at(-1) ?? 0)} events/s through the whole pipeline`);
  });
  const memory = await gateway.process.order('memory');
  await gateway.stop();
  await generator.stop();

  const bodyAt = createBodies();
  let rawBytes = 0;
  for (let index = 0; index < posted; index++) rawBytes += Buffer.byteLength(JSON.stringify(bodyAt(index)));
  return [
    {
      what: 'whole pipeline: appended, folded, followed',
      value: median(perSecond),
      unit: '/s',
      slice: { least: 3_300 },
      aim: { least: 7_000 },
    },
    {
      what: 'bytes on disk ÷ raw bodies, feed and state',
      value: statSync(gateway.file).size / rawBytes,
      unit: '×',
      slice: { most: 1.5 },
      aim: { most: 0.6 },
    },
    {
      what: 'bytes on disk per event, feed and state',
      value: statSync(gateway.file).size / posted,
      unit: 'B',
    },
    { what: 'raw body', value: rawBytes / posted, unit: 'B' },
    {
      what: `resident memory after ${posted.toLocaleString('en')} webhooks at full speed`,
      value: memory,
      unit: 'MB',
    },
  ];
};

/** A reader of the feed by cursor, as a program of a user would be. Each call reads so many further events. */
function createFollower(port: number): (count: number) => Promise<void> {
  let after: string | null = null;
  return async (count) => {
    for (let read = 0; read < count; ) {
      const cursor = after === null ? '' : `&after=${after}`;
      const answer = await fetch(`http://127.0.0.1:${port}/v1/events?limit=500${cursor}`, {
        headers: { authorization: `Bearer ${benchAdminKey}` },
      });
      if (!answer.ok) throw new Error(`The feed answered ${answer.status}: ${await answer.text()}`);
      const page = (await answer.json()) as { data: { id: string }[] };
      read += page.data.length;
      after = page.data.at(-1)?.id ?? after;
      if (page.data.length < 100) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
}

import { statSync } from 'node:fs';
import { createBodies } from '../bodies.ts';
import { median } from '../statistics.ts';
import { inRounds, type Measure } from './measure.ts';
import { startGateway, startLoadGenerator } from './webhook-servers.ts';
import { createWholePipeline } from './whole-pipeline.ts';

/** Events per second until everything posted is appended, folded, and read by one follower; then the disk. */
export const measurePipeline: Measure = async (run) => {
  const generator = startLoadGenerator();
  const gateway = await startGateway(run, 'pipeline');
  const through = createWholePipeline({ generator, gateway, connections: run.connections });
  const perSecond: number[] = [];
  let posted = 0;

  async function post(count: number): Promise<number> {
    posted += count;
    return through(count);
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

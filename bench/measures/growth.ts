import { join } from 'node:path';
import type { GrowingFeed } from '../processes/growing-feed.ts';
import { startProcess } from '../processes/start-process.ts';
import { median, pairedRatio } from '../statistics.ts';
import { inRounds, type Measure } from './measure.ts';

const SMALL = 20_000;
/** The size for which there is a goal. */
const GOAL_SIZE = 1_000_000;
/** Of 64 webhooks each; few, so that the small feed stays small. */
const BATCHES = 24;

/** What appending to a large feed costs, beside a small one in the same process. */
export const measureGrowth: Measure = async (run) => {
  const feeds = startProcess<GrowingFeed>('growing-feed');
  for (const name of ['small', 'large']) {
    await feeds.order('open', { name, file: join(run.folder, `feed-${name}.db`) });
  }
  await feeds.order('grow', {
    name: 'small',
    size: run.quick ? 5_000 : SMALL,
    milliseconds: run.quick ? 4_000 : 20_000,
  });
  const size = await feeds.order('grow', {
    name: 'large',
    size: run.largeFeed,
    milliseconds: run.largeFeed > GOAL_SIZE ? 900_000 : run.quick ? 4_000 : 150_000,
  });
  const rates = { small: [] as number[], large: [] as number[] };
  await inRounds(run, run.quick ? 4 : 10, async () => {
    for (const name of ['small', 'large'] as const) {
      rates[name].push(await feeds.order('append', { name, batches: BATCHES }));
    }
  });
  const { fileBytes, rawBytes } = await feeds.order('close', 'large');
  await feeds.order('close', 'small');
  await feeds.stop();

  const sizes = [size, run.quick ? 5_000 : SMALL].map((count) => count.toLocaleString('en'));
  run.say(
    `appending at ${sizes.join(' and ')} events: ${Math.round(median(rates.large))} and ${Math.round(median(rates.small))}/s`,
  );
  return [
    {
      what: `cost of an append at ${sizes[0]} events ÷ at ${sizes[1]}`,
      value: pairedRatio(rates.small, rates.large),
      unit: '×',
      // A smaller feed proves nothing about a large one.
      ...(size >= GOAL_SIZE ? { slice: { most: 1.2 }, aim: { most: 1.1 } } : {}),
    },
    { what: `appends at ${sizes[0]} events, batches of 64`, value: median(rates.large), unit: '/s' },
    { what: 'bytes on disk ÷ raw bodies, feed only', value: fileBytes / rawBytes, unit: '×' },
  ];
};

import { signBody } from '../../src/whatsapp/signature.ts';
import { benchAppSecret, createBatches } from '../bodies.ts';
import type { LongestBlock } from '../processes/loop-watch.ts';
import { startProcess } from '../processes/start-process.ts';
import type { WebhookReaderProcess } from '../processes/webhook-reader.ts';
import { median, pairedRatio } from '../statistics.ts';
import { inRounds, type Measure, type Reading } from './measure.ts';
import { startGateway } from './webhook-servers.ts';

/** What Meta's largest webhooks have (meta-facts §2.4). */
const UPDATES = 1_000;
const BYTES = 3_000_000;

/** What verifying and reading costs beside the least that anybody must do, and how long a large batch blocks. */
export const measureReading: Measure = async (run) => [
  ...(await measureCost(run)),
  ...(await measureBatch(run)),
];

async function measureCost(run: Parameters<Measure>[0]): Promise<Reading[]> {
  const reader = startProcess<WebhookReaderProcess>('webhook-reader');
  const { ours, least } = await reader.order('compare', run.quick ? 41 : 101);
  const blocks: LongestBlock[] = [];
  for (let number = 0; number < (run.quick ? 5 : 10); number++) {
    blocks.push(await reader.order('readBatch', { updates: UPDATES, bytes: BYTES, number }));
  }
  await reader.stop();
  const cost = (what: string, microseconds: number[]) => ({ what, value: median(microseconds), unit: 'µs' });
  return [
    {
      what: 'recado/webhooks, verify and read 1 KB ÷ HMAC and JSON.parse',
      value: pairedRatio(ours, least),
      unit: '×',
      slice: { most: 2 },
      aim: { most: 2 },
    },
    cost('processor time to verify and read 1 KB', ours),
    cost('processor time of HMAC and JSON.parse', least),
    ...blockReadings('recado/webhooks, readRequest', blocks),
  ];
}

async function measureBatch(run: Parameters<Measure>[0]): Promise<Reading[]> {
  const gateway = await startGateway(run, 'reading');
  const batchAt = createBatches(UPDATES, BYTES);
  const blocks: LongestBlock[] = [];
  await inRounds(run, run.quick ? 3 : 10, async (round) => {
    const body = Buffer.from(JSON.stringify(batchAt(round)));
    const headers = { 'x-hub-signature-256': signBody(body, benchAppSecret) };
    await gateway.process.order('watchLoop');
    const url = `http://127.0.0.1:${gateway.port}/webhooks/whatsapp/`;
    const answer = await fetch(url, { method: 'POST', headers, body });
    if (answer.status !== 200) throw new Error(`The gateway answered a batch with ${answer.status}.`);
    await gateway.rest();
    const block = await gateway.process.order('longestBlock');
    blocks.push(block);
    run.say(
      `batch ${round + 1} of ${body.length} bytes: ${block.processor.toFixed(1)} ms of processor time, ${block.clock.toFixed(1)} ms by the clock`,
    );
  });
  await gateway.stop();
  return blockReadings('the gateway', blocks);
}

/** The longest block of all rounds; the first of them meets cold code. */
function blockReadings(where: string, blocks: readonly LongestBlock[]): Reading[] {
  return [
    {
      what: `longest block of the event loop by 1,000 updates in 3 MB: ${where}`,
      value: Math.max(...blocks.map(({ processor }) => processor)),
      unit: 'ms',
      slice: { most: 50 },
      aim: { most: 50 },
    },
    {
      what: `the same by the clock, neighbours counted: ${where}`,
      value: Math.max(...blocks.map(({ clock }) => clock)),
      unit: 'ms',
    },
  ];
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import { textMessageBody } from '../../src/simulator/bodies/webhook-bodies.ts';
import { createWebhookReader } from '../../src/webhooks.ts';
import { signBody } from '../../src/whatsapp/signature.ts';
import { benchAppSecret, benchPhone, createBatches } from '../bodies.ts';
import { type LongestBlock, watchLoop } from './loop-watch.ts';
import { serve } from './serve.ts';

type Signed = { body: Buffer; headers: { 'x-hub-signature-256': string } };

/** One text message each, of 1,000 bytes or a few more. */
const webhooks = Array.from({ length: 64 }, (_, index): Signed => {
  const person = {
    waId: `55118765${4_000 + index}`,
    userId: `BR.${8_812_345_000_000 + index}`,
    name: 'João Araújo',
  };
  const id = `wamid.${Buffer.from(`${person.waId}:${index}`.padEnd(40, 'A')).toString('base64')}`;
  const withText = (text: string) => {
    const at = 1_763_640_000_000 + index * 1_000;
    return Buffer.from(JSON.stringify(textMessageBody(benchPhone, person, { id, at, text })));
  };
  const sentence = 'Recebi a mensagem, mas o link não abre. ';
  let text = sentence;
  while (withText(text).length < 1_000) text += sentence;
  const body = withText(text);
  return { body, headers: { 'x-hub-signature-256': signBody(body, benchAppSecret) } };
});

const reader = createWebhookReader({ appSecret: benchAppSecret });

/** Verifies and reads with `recado/webhooks`. */
function read({ body, headers }: Signed): unknown {
  return reader.read(body, headers);
}

/** What everybody has to do at least: compare the HMAC in constant time, and parse the JSON. */
function verifyAndParse({ body, headers }: Signed): unknown {
  const expected = Buffer.from(`sha256=${createHmac('sha256', benchAppSecret).update(body).digest('hex')}`);
  const given = Buffer.from(headers['x-hub-signature-256']);
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new Error('A bad signature.');
  return JSON.parse(body.toString());
}

/** Microseconds of processor time for one webhook. */
function costOf(work: (webhook: Signed) => unknown, times: number): number {
  const before = process.threadCpuUsage();
  for (let time = 0; time < times; time++) for (const webhook of webhooks) work(webhook);
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / times / webhooks.length;
}

let batchAt: ReturnType<typeof createBatches> | null = null;

const orders = {
  /** Reads a request with a batch; `number` tells batches apart. */
  async readBatch(batch: { updates: number; bytes: number; number: number }): Promise<LongestBlock> {
    batchAt ??= createBatches(batch.updates, batch.bytes);
    const body = Buffer.from(JSON.stringify(batchAt(batch.number)));
    const headers = { 'x-hub-signature-256': signBody(body, benchAppSecret) };
    const request = new Request('http://localhost/', { method: 'POST', headers, body });
    const endWatch = watchLoop();
    const reading = await reader.readRequest(request);
    const longest = endWatch();
    if (!reading.ok || reading.events.length !== batch.updates) throw new Error('It was not read.');
    return longest;
  },
  /** Reads with both in turns. Gives the microseconds of each round. */
  compare(rounds: number): { bytes: number; ours: number[]; least: number[] } {
    for (const work of [read, verifyAndParse, read, verifyAndParse]) costOf(work, 100);
    const ours: number[] = [];
    const least: number[] = [];
    for (let round = 0; round < rounds; round++) {
      ours.push(costOf(read, 40));
      least.push(costOf(verifyAndParse, 40));
    }
    return { bytes: webhooks[0]?.body.length ?? 0, ours, least };
  },
};

/** Reads webhooks, and does the least that anybody must, in one process of its own. */
export type WebhookReaderProcess = typeof orders;

serve(orders);

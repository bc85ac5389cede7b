import { createClient, RESP_TYPES } from '@redis/client';
import { handle, keepOnce, readSignedEvent } from '../signed-event.ts';

const stream = process.env.STREAM ?? 'recado';
const group = 'application';
// A name that stays: after a crash it gets what it had taken and not acknowledged.
const consumer = process.env.CONSUMER ?? 'one';

const client = createClient({ url: process.env.REDIS_URL ?? 'redis://localhost:6379/0' });
client.on('error', (error) => console.error(error.message));
await client.connect();
await client.xGroupCreate(stream, group, '0', { MKSTREAM: true }).catch((error: Error) => {
  if (!error.message.startsWith('BUSYGROUP')) throw error;
});
// The signature is over bytes, which as text would be others.
const bytes = client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
console.log('Reading', stream);

// First what was left over, from its beginning; then what is new, as `>`.
let from = '0';
for (;;) {
  const read = await bytes.xReadGroup(
    group,
    consumer,
    { key: stream, id: from },
    { COUNT: 100, BLOCK: 5_000 },
  );
  const entries = (read ?? []).flatMap(({ messages }) => messages);
  if (from !== '>' && entries.length === 0) from = '>';
  for (const { id, message } of entries) {
    const header = (name: string) => message[name]?.toString();
    const event = readSignedEvent(
      message['body'] ?? Buffer.alloc(0),
      header,
      process.env.RECADO_WEBHOOK_SECRET,
      {
        // It may have waited in the stream for longer than any clock differs.
        tolerance: Number.POSITIVE_INFINITY,
      },
    );
    // What throws here ends the program, and the next start begins with it.
    const isNew = event !== null && keepOnce(header('webhook-id') ?? '', event);
    await client.xAck(stream, group, id);
    if (isNew) handle(event);
    if (from !== '>') from = id.toString();
  }
}

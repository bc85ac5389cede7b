import { connect } from 'amqplib';
import { handle, keepOnce, readSignedEvent } from '../signed-event.ts';

const queue = process.env.QUEUE ?? 'recado';
const connection = await connect(process.env.AMQP_URL ?? 'amqp://localhost');
const channel = await connection.createChannel();
// Durable, so that the broker has after a restart what it has confirmed to Recado.
await channel.assertQueue(queue, { durable: true });
// One at a time keeps the order of a conversation; it is acknowledged once it is in the database.
await channel.prefetch(1);
await channel.consume(queue, (message) => {
  if (message === null) throw new Error(`The queue ${queue} was deleted.`);
  const { headers = {} } = message.properties;
  const event = readSignedEvent(message.content, (name) => headers[name], process.env.RECADO_WEBHOOK_SECRET, {
    // It may have waited in the queue for longer than any clock differs.
    tolerance: Number.POSITIVE_INFINITY,
  });
  if (event === null) {
    // Not of Recado: it would come again for ever.
    channel.reject(message, false);
    return;
  }
  // What throws here ends the program, and the broker gives the message to the next one.
  const isNew = keepOnce(String(headers['webhook-id']), event);
  channel.ack(message);
  if (isNew) handle(event);
});
console.log('Consuming', queue);

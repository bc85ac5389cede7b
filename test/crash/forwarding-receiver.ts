import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ListedEvent } from './history.ts';

/** One post of an event, in the order of arrival. */
type Arrival = { webhookId: string; event: string; contactId: string | null };

/** An application of the user's own that takes everything, and outlives the gateway. */
export type ForwardingReceiver = {
  url: string;
  /** Every promise of forwarding that what has arrived breaks. */
  judge(events: readonly ListedEvent[]): string[];
  /** Whether each of these events has arrived. */
  hasAll(events: readonly ListedEvent[]): boolean;
  close(): Promise<void>;
};

/** Starts a receiver on the loopback. */
export async function startForwardingReceiver(): Promise<ForwardingReceiver> {
  const arrivals: Arrival[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      // The gateway died while it wrote: nothing has arrived.
      return;
    }
    const { data }: { data: { id: string; contactId: string | null } } = JSON.parse(
      Buffer.concat(chunks).toString(),
    );
    const webhookId = String(request.headers['webhook-id']);
    arrivals.push({ webhookId, event: data.id, contactId: data.contactId });
    response.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The receiver listens on no port.');

  const missing = (events: readonly ListedEvent[]) => {
    const arrived = new Set(arrivals.map(({ event }) => event));
    return events.filter(({ kind, id }) => kind === 'message' && !arrived.has(id));
  };
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    hasAll: (events) => missing(events).length === 0,
    judge(events) {
      const broken = missing(events).map(({ id }) => `${id} was never forwarded`);
      const keys = new Map(events.map(({ id, key }) => [id, key]));
      for (const { webhookId, event } of arrivals) {
        if (keys.get(event) !== webhookId)
          broken.push(`${event} was forwarded with the webhook-id ${webhookId}`);
      }
      const latest = new Map<string | null, string>();
      const seen = new Set<string>();
      for (const { event, contactId } of arrivals) {
        // What comes again after a crash is an old acquaintance; only what is new says something of the order.
        if (seen.has(event)) continue;
        seen.add(event);
        const before = latest.get(contactId) ?? '';
        if (event < before)
          broken.push(`${event} was first forwarded after ${before} of the same conversation`);
        latest.set(contactId, event);
      }
      return broken;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

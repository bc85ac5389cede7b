import type { Json } from '../../../domain/json.ts';
import { parseBody } from '../../../whatsapp/read-event.ts';
import { unpackBody } from './body-format.ts';
import type { StoreContext } from './context.ts';
import { get } from './statement.ts';

/** A stored body: its JSON, undefined when it is none, and the bytes as they were received. */
export type StoredBody = { json: Json | undefined; received: Uint8Array };

const missing: StoredBody = { json: undefined, received: new Uint8Array(0) };

/**
 * Reads stored bodies and remembers the last one: the events of a webhook lie side by side in the feed, so a
 * body of 3 MB is parsed once and not a thousand times, and never more than one is held.
 */
export function createBodies(context: StoreContext): (webhookId: number) => StoredBody {
  let last: { webhookId: number; body: StoredBody } | null = null;
  return (webhookId) => {
    if (last?.webhookId !== webhookId) {
      const row = get<{ bytes: Buffer; format: number }>(
        context.database,
        'select body as bytes, body_format as format from webhooks where id = ?',
        webhookId,
      );
      last = { webhookId, body: row === undefined ? missing : bodyOf(unpackBody(row)) };
    }
    return last.body;
  };
}

function bodyOf(received: Uint8Array): StoredBody {
  return { json: parseBody(received), received };
}

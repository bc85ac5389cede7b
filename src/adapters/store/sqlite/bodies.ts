import type { Json } from '../../../domain/json.ts';
import { parseBody } from '../../../whatsapp/read-event.ts';
import { unpackBody } from './body-format.ts';
import type { StoreContext } from './context.ts';
import { get } from './statement.ts';

/**
 * Reads stored bodies and remembers the last one: the events of a webhook lie side by side in the feed, so a
 * body of 3 MB is parsed once and not a thousand times, and never more than one is held.
 *
 * @returns the body as JSON; undefined when it is none
 */
export function createBodies(context: StoreContext): (webhookId: number) => Json | undefined {
  let last: { webhookId: number; json: Json | undefined } | null = null;
  return (webhookId) => {
    if (last?.webhookId !== webhookId) {
      const row = get<{ bytes: Buffer; format: number }>(
        context.database,
        'select body as bytes, body_format as format from webhooks where id = ?',
        webhookId,
      );
      last = { webhookId, json: row === undefined ? undefined : parseBody(unpackBody(row)) };
    }
    return last.json;
  };
}

import type { Json } from '../../../domain/json.ts';
import { parseBody } from '../../../whatsapp/read-event.ts';
import type { StoreContext } from './context.ts';
import { get } from './statement.ts';

/**
 * Reads stored bodies, each parsed once: the events of one batch lie side by side in one webhook, and a
 * body of 3 MB must not be parsed a thousand times.
 */
export function createBodies(context: StoreContext): (webhookId: number) => Json | undefined {
  const parsed = new Map<number, Json | undefined>();
  return (webhookId) => {
    if (!parsed.has(webhookId)) {
      const row = get<{ body: Buffer }>(
        context.database,
        'select body from webhooks where id = ?',
        webhookId,
      );
      parsed.set(webhookId, row === undefined ? undefined : parseBody(row.body));
    }
    return parsed.get(webhookId);
  };
}

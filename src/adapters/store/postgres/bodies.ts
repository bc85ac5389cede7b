import type { Json } from '../../../domain/json.ts';
import { parseBody } from '../../../whatsapp/read-event.ts';
import { unpackBytes } from '../body-format.ts';
import type { Statements } from './database.ts';

/** A stored body: its JSON, undefined when it is none, and the bytes as they were received. */
export type StoredBody = { json: Json | undefined; received: Uint8Array };

const missing: StoredBody = { json: undefined, received: new Uint8Array(0) };

/** What is held of bodies at once, as they were received: 8 MiB, or one body. */
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * As many of the first of these rows as may have their bodies held at once: at least one. Who reads a list goes on
 * with the rest.
 */
export function withinMemory<Row extends { webhook: number | null; length: number | null }>(
  rows: Row[],
): Row[] {
  const seen = new Set<number>();
  let bytes = 0;
  for (const [index, { webhook, length }] of rows.entries()) {
    if (webhook === null || seen.has(webhook)) continue;
    seen.add(webhook);
    bytes += length ?? 0;
    if (index > 0 && bytes > MOST_BYTES) return rows.slice(0, index);
  }
  return rows;
}

/** Reads the bodies of webhooks by one statement. Each is parsed when it is first asked for. */
export async function readBodies(
  database: Statements,
  webhookIds: Iterable<number | null>,
): Promise<(webhookId: number) => StoredBody> {
  const ids = [...new Set(webhookIds)].filter((id) => id !== null);
  const rows =
    ids.length === 0
      ? []
      : await database.all<{ id: number; format: number; body: Buffer }>(
          'select id, format, body from webhooks where id = any($1::bigint[])',
          ids,
        );
  const packed = new Map(rows.map((row) => [row.id, row]));
  const read = new Map<number, StoredBody>();
  return (webhookId) => {
    const known = read.get(webhookId);
    if (known !== undefined) return known;
    const row = packed.get(webhookId);
    if (row === undefined) return missing;
    const received = unpackBytes({ format: row.format, bytes: row.body });
    const body = { json: parseBody(received), received };
    read.set(webhookId, body);
    return body;
  };
}

import type { Json } from '../../../domain/json.ts';
import { parseBody } from '../../../whatsapp/read-event.ts';
import { unpackBytes } from '../body-format.ts';
import type { BodyPlace } from './blocks.ts';
import type { StoreContext } from './context.ts';
import { get } from './statement.ts';

/** A stored body: its JSON, undefined when it is none, and the bytes as they were received. */
export type StoredBody = { json: Json | undefined; received: Uint8Array };

const missing: StoredBody = { json: undefined, received: new Uint8Array(0) };

/**
 * Reads stored bodies and remembers the last one and the last block: events lie in the feed as their bodies lie
 * in blocks, so a block is inflated once and a body of 3 MB is parsed once and not a thousand times; never more
 * than one of each is held.
 */
export function createBodies({ database }: StoreContext): (webhookId: number) => StoredBody {
  let lastBlock: { id: number; bytes: Uint8Array } | null = null;
  let last: { webhookId: number; body: StoredBody } | null = null;

  function bytesOf(block: number): Uint8Array {
    if (lastBlock?.id !== block) {
      const row = get<{ bytes: Buffer; format: number }>(
        database,
        'select bytes, format from blocks where id = ?',
        block,
      );
      lastBlock = { id: block, bytes: row === undefined ? new Uint8Array(0) : unpackBytes(row) };
    }
    return lastBlock.bytes;
  }

  return (webhookId) => {
    if (last?.webhookId !== webhookId) {
      const place = get<BodyPlace>(
        database,
        'select block, start, length from webhooks where id = ?',
        webhookId,
      );
      last = { webhookId, body: place === undefined ? missing : bodyAt(place, bytesOf(place.block)) };
    }
    return last.body;
  };
}

function bodyAt({ start, length }: BodyPlace, block: Uint8Array): StoredBody {
  const received = block.subarray(start, start + length);
  return { json: parseBody(received), received };
}

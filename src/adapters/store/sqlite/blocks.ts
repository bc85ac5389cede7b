import { Buffer } from 'node:buffer';
import { packBytes } from '../body-format.ts';
import type { StoreContext } from './context.ts';
import { run } from './statement.ts';

/** Where a body stands: in which block, from which byte on, and how many bytes. */
export type BodyPlace = { block: number; start: number; length: number };

/** Keeps the bodies of one transaction together. */
export type BlockWriter = {
  /** Gives a body its place. */
  keep(body: Uint8Array): BodyPlace;
  /** Writes what is not written yet: before anything kept is read, and before the end of the transaction. */
  finish(): void;
};

/**
 * Bytes of one block, as received, at most; a larger body has a block of its own. Deflated together, bodies of
 * 0.6 KB take half the room and a tenth of the time of each by itself; but who wants one of them has to inflate
 * all, 0.2 ms for this much.
 */
const BLOCK_SIZE = 65_536;

/** A writer for the bodies of one transaction. */
export function createBlockWriter({ database }: StoreContext): BlockWriter {
  let open: { block: number; bodies: Uint8Array[]; length: number } | null = null;

  function finish(): void {
    if (open === null) return;
    const { format, bytes } = packBytes(Buffer.concat(open.bodies));
    run(database, 'update blocks set format = ?, bytes = ? where id = ?', format, bytes, open.block);
    open = null;
  }

  return {
    keep(body) {
      if (open !== null && open.length + body.byteLength > BLOCK_SIZE) finish();
      open ??= {
        block: run(database, "insert into blocks (format, bytes) values (0, x'')").lastInsertRowid,
        bodies: [],
        length: 0,
      };
      const place = { block: open.block, start: open.length, length: body.byteLength };
      open.bodies.push(body);
      open.length += body.byteLength;
      return place;
    },
    finish,
  };
}

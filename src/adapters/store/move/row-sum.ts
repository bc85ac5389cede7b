import { createHash } from 'node:crypto';

/** What identifies the content of a table, whatever the order of its rows. */
export type RowSum = { rows: number; checksum: string };

/** Adds rows up: each by the hash of its values, so that no order is needed to compare two engines. */
export function createRowSum(): { add(row: Readonly<Record<string, unknown>>): void; sum(): RowSum } {
  let rows = 0;
  let total = 0n;
  return {
    add(row) {
      rows += 1;
      const columns = Object.keys(row).sort();
      const text = JSON.stringify(columns.map((name) => [name, plain(row[name])]));
      total += BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 32)}`);
    },
    sum: () => ({ rows, checksum: BigInt.asUintN(128, total).toString(16).padStart(32, '0') }),
  };
}

function plain(value: unknown): unknown {
  return value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('hex') } : value;
}

import { describe, expect, it } from 'vitest';
import { createKeyUses, type KeyUse } from './note-key-use.ts';

const minute = 60_000;

describe('noting the use of keys', () => {
  it('writes each key at most once a minute, and together what comes together', async () => {
    const written: KeyUse[][] = [];
    const uses = createKeyUses({
      touchApiKeys: async (batch) => {
        written.push(batch);
      },
      failed: () => {},
    });
    uses.note('ak_1', 0);
    uses.note('ak_2', 1);
    uses.note('ak_1', 2);
    await uses.idle();
    uses.note('ak_1', minute - 1);
    uses.note('ak_1', minute);
    await uses.idle();
    expect(written).toEqual([
      [
        { id: 'ak_1', at: 0 },
        { id: 'ak_2', at: 1 },
      ],
      [{ id: 'ak_1', at: minute }],
    ]);
  });

  it('puts what comes during a write into the next one', async () => {
    const written: KeyUse[][] = [];
    const uses = createKeyUses({
      touchApiKeys: async (batch) => {
        if (written.push(batch) === 1) uses.note('ak_2', 1);
      },
      failed: () => {},
    });
    uses.note('ak_1', 0);
    await uses.idle();
    expect(written.map((batch) => batch.map(({ id }) => id))).toEqual([['ak_1'], ['ak_2']]);
  });

  it('says that a write failed, and writes the next use again', async () => {
    const failures: unknown[] = [];
    let tries = 0;
    const uses = createKeyUses({
      touchApiKeys: async () => {
        tries += 1;
        if (tries === 1) throw new Error('disk full');
      },
      failed: (failure) => failures.push(failure),
    });
    uses.note('ak_1', 0);
    await uses.idle();
    uses.note('ak_1', 1);
    await uses.idle();
    expect(failures).toHaveLength(1);
    expect(tries).toBe(2);
  });
});

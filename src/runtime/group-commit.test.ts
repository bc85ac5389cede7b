import { describe, expect, it } from 'vitest';
import { createGroupCommit } from './group-commit.ts';

type Item = { name: string; size?: number; poison?: boolean };

class DataError extends Error {}
class DiskFull extends Error {}

/** A pretend database whose commits can be looked at, and made to fail. */
function database(options: { maxItems?: number; maxBytes?: number; salvage?: 'raw' | 'broken' } = {}) {
  const batches: string[][] = [];
  let failure: Error | null = null;
  const group = createGroupCommit<Item, string>({
    async commit(batch) {
      batches.push(batch.map(({ name }) => name));
      if (failure !== null) throw failure;
      if (batch.some(({ poison }) => poison)) throw new DataError('poison');
      return batch.map(({ name }) => `kept ${name}`);
    },
    size: ({ size }) => size ?? 1,
    maxItems: options.maxItems ?? 100,
    maxBytes: options.maxBytes ?? 1000,
    isDataError: (thrown) => thrown instanceof DataError,
    salvage(item) {
      if (options.salvage === 'broken') throw new Error('no form');
      return options.salvage === 'raw' ? { ...item, name: `${item.name} raw`, poison: false } : null;
    },
  });
  return {
    group,
    batches,
    breakWith(thrown: Error | null) {
      failure = thrown;
    },
  };
}

describe('createGroupCommit', () => {
  it('commits together what arrives together, and gives each its own result', async () => {
    const { group, batches } = database();
    const results = await Promise.all(['a', 'b', 'c'].map((name) => group.add({ name })));
    expect(results).toEqual(['kept a', 'kept b', 'kept c']);
    expect(batches).toEqual([['a', 'b', 'c']]);
  });

  it('bounds a batch by count and by bytes, and commits a larger item alone', async () => {
    const { group, batches } = database({ maxItems: 2, maxBytes: 10 });
    await Promise.all([
      group.add({ name: 'a' }),
      group.add({ name: 'b' }),
      group.add({ name: 'c' }),
      group.add({ name: 'large', size: 50 }),
      group.add({ name: 'd', size: 6 }),
      group.add({ name: 'e', size: 6 }),
    ]);
    expect(batches).toEqual([['a', 'b'], ['c'], ['large'], ['d'], ['e']]);
  });

  it('runs a batch one by one when one item is at fault, so that its companions are kept', async () => {
    const { group, batches } = database();
    const results = await Promise.allSettled([
      group.add({ name: 'a' }),
      group.add({ name: 'bad', poison: true }),
      group.add({ name: 'c' }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(batches).toEqual([['a', 'bad', 'c'], ['a'], ['bad'], ['c']]);
  });

  it('keeps the simplest form of an item that cannot be kept as it is', async () => {
    const { group } = database({ salvage: 'raw' });
    await expect(group.add({ name: 'bad', poison: true })).resolves.toBe('kept bad raw');
  });

  it('refuses an item whose simplest form cannot even be made, and goes on', async () => {
    const { group } = database({ salvage: 'broken' });
    await expect(group.add({ name: 'bad', poison: true })).rejects.toThrow('no form');
    await expect(group.add({ name: 'good' })).resolves.toBe('kept good');
  });

  it('refuses the whole batch when the database itself fails, without trying one by one', async () => {
    const { group, batches, breakWith } = database({ salvage: 'raw' });
    breakWith(new DiskFull('disk full'));
    const results = await Promise.allSettled([group.add({ name: 'a' }), group.add({ name: 'b' })]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(batches).toEqual([['a', 'b']]);
    breakWith(null);
    await expect(group.add({ name: 'c' })).resolves.toBe('kept c');
  });

  it('is idle only when nothing waits and nothing runs', async () => {
    const { group, batches } = database({ maxItems: 1 });
    const added = [group.add({ name: 'a' }), group.add({ name: 'b' })];
    await group.idle();
    expect(batches).toEqual([['a'], ['b']]);
    await Promise.all(added);
    await group.idle();
  });
});

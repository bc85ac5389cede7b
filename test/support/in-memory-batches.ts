import { type Batch, type BatchRow, nextBatchState } from '../../src/domain/batch.ts';
import { failureOf } from '../../src/domain/failure.ts';
import type { Batches, BatchStory } from '../../src/flows/outbound/batches.ts';
import type { BatchPorts } from '../../src/server/routes/batches.ts';

/** Batches that never leave memory, and of which nothing is ever sent. */
export function inMemoryBatches(
  now: number,
  idOf: (prefix: 'bt', number: number) => string,
): Omit<BatchPorts, 'considerNotification'> {
  const kept = new Map<string, { batch: Batch; rows: BatchRow[]; key: string | null; asked: string }>();

  function storyOf({ batch, rows }: { batch: Batch; rows: BatchRow[] }): BatchStory {
    return { batch, counts: { total: rows.length, waiting: rows.length, invalid: 0, states: {} } };
  }

  const batches: Batches = {
    async create({ name, rows, start, idempotency }) {
      const key = idempotency === null ? null : `${idempotency.scope} ${idempotency.key}`;
      const asked = JSON.stringify([name, rows, start]);
      const earlier = [...kept.values()].find((one) => key !== null && one.key === key);
      if (earlier !== undefined) {
        return earlier.asked === asked
          ? { outcome: 'repeated', story: storyOf(earlier) }
          : { outcome: 'conflict', batchId: earlier.batch.id };
      }
      const batch: Batch = {
        id: idOf('bt', kept.size + 1),
        name,
        state: start ? 'running' : 'open',
        createdAt: now,
        updatedAt: now,
      };
      const made = { batch, rows: rows.map((row, index) => rowOf(row, index + 1)), key, asked };
      kept.set(batch.id, made);
      return { outcome: 'inserted', story: storyOf(made) };
    },
    async addRows(id, firstRow, rows) {
      const one = kept.get(id);
      if (one === undefined) return { outcome: 'unknown' };
      if (one.batch.state !== 'open') return { outcome: 'not-possible', story: storyOf(one) };
      for (const [index, row] of rows.entries()) {
        const number = firstRow + index;
        if (!one.rows.some((other) => other.number === number)) one.rows.push(rowOf(row, number));
      }
      return { outcome: 'done', story: storyOf(one) };
    },
    async change(id, wish) {
      const one = kept.get(id);
      if (one === undefined) return { outcome: 'unknown' };
      const state = nextBatchState(one.batch.state, wish);
      if (state === null) return { outcome: 'not-possible', story: storyOf(one) };
      one.batch = { ...one.batch, state };
      return { outcome: 'done', story: storyOf(one) };
    },
  };

  return {
    batches,
    async findBatch(id) {
      const one = kept.get(id);
      return one === undefined ? null : storyOf(one);
    },
    async listBatches({ after, limit }) {
      return [...kept.values()]
        .filter(({ batch }) => batch.id > (after ?? ''))
        .slice(0, limit)
        .map(storyOf);
    },
    async listBatchRows(id, after, limit) {
      return (kept.get(id)?.rows ?? []).filter(({ number }) => number > after).slice(0, limit);
    },
  };
}

function rowOf({ to, reference }: { to: string; reference: string | null }, number: number): BatchRow {
  const failure = to === 'nobody' ? failureOf('recipient-invalid') : null;
  return { number, to, reference, notificationId: null, state: null, because: null, failure };
}

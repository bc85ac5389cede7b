import type { Batch, BatchCounts, BatchRow } from '../../../../domain/batch.ts';
import type { Lane } from '../../../../domain/lane.ts';
import type { Notification, NotificationState } from '../../../../domain/notification.ts';
import type { BatchStory, RowRequest } from '../../../../flows/outbound/batches.ts';
import type { RowOutcome } from '../../../../flows/outbound/feed-batches.ts';
import { inTransaction, type StoreContext } from '../context.ts';
import { all, get, run } from '../statement.ts';

type NumberedRow = { number: number; request: RowRequest };

type BatchColumns = {
  id: string;
  name: string | null;
  state: Batch['state'];
  created_at: number;
  updated_at: number;
};

/** Keeps a batch with its first rows, or finds the one that the same idempotency key made. */
export function insertBatch(
  context: StoreContext,
  insert: {
    batch: Batch;
    rows: NumberedRow[];
    idempotency: { scope: string; key: string; digest: string } | null;
  },
): { outcome: 'inserted' | 'repeated' | 'conflict'; batchId: string } {
  const { database } = context;
  const { batch, rows, idempotency } = insert;
  return inTransaction(context, () => {
    const earlier =
      idempotency === null
        ? undefined
        : get<{ id: string; digest: string }>(
            database,
            'select id, digest from batches where scope = ? and key = ?',
            idempotency.scope,
            idempotency.key,
          );
    if (earlier !== undefined) {
      return {
        outcome: earlier.digest === idempotency?.digest ? 'repeated' : 'conflict',
        batchId: earlier.id,
      };
    }
    run(
      database,
      `insert into batches (id, name, state, created_at, updated_at, scope, key, digest)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
      batch.id,
      batch.name,
      batch.state,
      batch.createdAt,
      batch.updatedAt,
      idempotency?.scope ?? null,
      idempotency?.key ?? null,
      idempotency?.digest ?? null,
    );
    putRows(context, batch.id, rows);
    return { outcome: 'inserted', batchId: batch.id };
  });
}

/** Keeps rows of an open batch; those whose number is taken change nothing. False when it is not open. */
export function addBatchRows(context: StoreContext, batchId: string, rows: NumberedRow[]): boolean {
  return inTransaction(context, () => {
    const open = get(context.database, `select 1 from batches where id = ? and state = 'open'`, batchId);
    if (open === undefined) return false;
    putRows(context, batchId, rows);
    return true;
  });
}

function putRows({ database }: StoreContext, batchId: string, rows: readonly NumberedRow[]): void {
  for (const { number, request } of rows) {
    run(
      database,
      'insert into batch_rows (batch, number, request) values (?, ?, ?) on conflict do nothing',
      batchId,
      number,
      JSON.stringify(request),
    );
  }
}

/** Writes the state if it still is `from`; false when it is not. */
export function changeBatchState(
  context: StoreContext,
  { id, from, to, at }: { id: string; from: Batch['state']; to: Batch['state']; at: number },
): boolean {
  return inTransaction(
    context,
    () =>
      run(
        context.database,
        'update batches set state = ?, updated_at = ? where id = ? and state = ?',
        to,
        at,
        id,
        from,
      ).changes === 1,
  );
}

/** One batch with how far it is, or null. */
export function findBatch(context: StoreContext, id: string): BatchStory | null {
  const row = get<BatchColumns>(context.database, 'select * from batches where id = ?', id);
  return row === undefined ? null : storyOf(context, row);
}

/** Batches in the order of making, behind an id. */
export function listBatches(
  context: StoreContext,
  { after, limit }: { after: string | null; limit: number },
): BatchStory[] {
  return all<BatchColumns>(
    context.database,
    'select * from batches where id > ? order by id limit ?',
    after ?? '',
    limit,
  ).map((row) => storyOf(context, row));
}

function storyOf(context: StoreContext, row: BatchColumns): BatchStory {
  const { id, name, state } = row;
  return {
    batch: { id, name, state, createdAt: row.created_at, updatedAt: row.updated_at },
    counts: countsOf(context, id),
  };
}

function countsOf({ database }: StoreContext, id: string): BatchCounts {
  const rows = get<{ total: number; waiting: number | null; invalid: number | null }>(
    database,
    `select count(*) as total, sum(notification is null and failure is null) as waiting,
       sum(failure is not null) as invalid
     from batch_rows where batch = ?`,
    id,
  );
  const states = all<{ state: NotificationState; count: number }>(
    database,
    'select state, count(*) as count from notifications where batch = ? group by state',
    id,
  );
  return {
    total: rows?.total ?? 0,
    waiting: rows?.waiting ?? 0,
    invalid: rows?.invalid ?? 0,
    states: Object.fromEntries(states.map(({ state, count }) => [state, count])),
  };
}

/** The rows of a batch behind a number, in their order. */
export function listBatchRows(
  context: StoreContext,
  batchId: string,
  after: number,
  limit: number,
): BatchRow[] {
  return all<{
    number: number;
    request: string;
    notification: string | null;
    row_failure: string | null;
    state: Notification['state'] | null;
    because: string | null;
    failure: string | null;
  }>(
    context.database,
    `select number, request, notification, batch_rows.failure as row_failure, state, because,
       notifications.failure as failure
     from batch_rows left join notifications on notifications.id = batch_rows.notification
     where batch_rows.batch = ? and number > ? order by number limit ?`,
    batchId,
    after,
    limit,
  ).map((row) => {
    const request: RowRequest = JSON.parse(row.request);
    const failure = row.row_failure ?? row.failure;
    return {
      number: row.number,
      to: request.to,
      reference: request.reference,
      notificationId: row.notification,
      state: row.state,
      because: row.because,
      failure: failure === null ? null : JSON.parse(failure),
    };
  });
}

/** The notifications of a batch that wait to be sent. */
export function readQueuedOfBatch(
  context: StoreContext,
  id: string,
  limit: number,
): { id: string; lane: Lane }[] {
  return all<{ id: string; lane: number }>(
    context.database,
    `select id, lane from notifications where batch = ? and state in ('queued', 'held') limit ?`,
    id,
    limit,
  ).map((row) => ({ id: row.id, lane: context.laneName(row.lane) }));
}

/** The next rows of running batches that are no notifications yet, of those with few that wait to be sent. */
export function readNextRows(
  context: StoreContext,
  { queued, limit }: { queued: number; limit: number },
): { batchId: string; number: number; request: RowRequest }[] {
  const { database } = context;
  const running = all<{ id: string }>(
    database,
    `select id from batches where state = 'running' and exists (select 1 from batch_rows
       where batch = batches.id and notification is null and failure is null)
       and (select count(*) from (select 1 from notifications
         where batch = batches.id and state = 'queued' limit ?)) < ? order by id`,
    queued,
    queued,
  );
  return running.flatMap(({ id }) =>
    all<{ number: number; request: string }>(
      database,
      `select number, request from batch_rows
       where batch = ? and notification is null and failure is null order by number limit ?`,
      id,
      limit,
    ).map(({ number, request }) => ({ batchId: id, number, request: JSON.parse(request) })),
  );
}

/** Keeps what became of rows. */
export function keepRowOutcomes(context: StoreContext, outcomes: RowOutcome[]): void {
  inTransaction(context, () => {
    for (const { batchId, number, notificationId, failure } of outcomes) {
      run(
        context.database,
        'update batch_rows set notification = ?, failure = ? where batch = ? and number = ?',
        notificationId,
        failure === null ? null : JSON.stringify(failure),
        batchId,
        number,
      );
    }
  });
}

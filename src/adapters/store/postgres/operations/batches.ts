import type { Batch, BatchRow } from '../../../../domain/batch.ts';
import type { Lane } from '../../../../domain/lane.ts';
import type { Notification, NotificationState } from '../../../../domain/notification.ts';
import type { BatchStory, RowRequest } from '../../../../flows/outbound/batches.ts';
import type { RowOutcome } from '../../../../flows/outbound/feed-batches.ts';
import type { PostgresContext } from '../context.ts';
import type { Statements } from '../database.ts';
import { rowsParameter } from '../safe-text.ts';

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
  { database }: PostgresContext,
  insert: {
    batch: Batch;
    rows: NumberedRow[];
    idempotency: { scope: string; key: string; digest: string } | null;
  },
): Promise<{ outcome: 'inserted' | 'repeated' | 'conflict'; batchId: string }> {
  const { batch, rows, idempotency } = insert;
  return database.transaction(async (statements) => {
    // Of two at once with the same key the second waits here for the first.
    const inserted = await statements.run(
      `insert into batches (id, name, state, created_at, updated_at, scope, key, digest)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (scope, key) do nothing`,
      batch.id,
      batch.name,
      batch.state,
      batch.createdAt,
      batch.updatedAt,
      idempotency?.scope ?? null,
      idempotency?.key ?? null,
      idempotency?.digest ?? null,
    );
    if (inserted === 1 || idempotency === null) {
      await putRows(statements, batch.id, rows);
      return { outcome: 'inserted', batchId: batch.id };
    }
    const earlier = await statements.get<{ id: string; digest: string }>(
      'select id, digest from batches where scope = $1 and key = $2',
      idempotency.scope,
      idempotency.key,
    );
    if (earlier === undefined) throw new Error('A batch with the same key is there and cannot be found.');
    return {
      outcome: earlier.digest === idempotency.digest ? 'repeated' : 'conflict',
      batchId: earlier.id,
    };
  });
}

/** Keeps rows of an open batch; those whose number is taken change nothing. False when it is not open. */
export function addBatchRows(
  { database }: PostgresContext,
  batchId: string,
  rows: NumberedRow[],
): Promise<boolean> {
  return database.transaction(async (statements) => {
    // Held, so that nobody starts it before its rows are there.
    const open = await statements.get(
      `select 1 from batches where id = $1 and state = 'open' for share`,
      batchId,
    );
    if (open === undefined) return false;
    await putRows(statements, batchId, rows);
    return true;
  });
}

async function putRows(statements: Statements, batchId: string, rows: readonly NumberedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await statements.run(
    `insert into batch_rows (batch, number, request)
     select $2, number, request from json_to_recordset($1::json) as given (number bigint, request text)
     order by number on conflict (batch, number) do nothing`,
    rowsParameter(rows.map(({ number, request }) => ({ number, request: JSON.stringify(request) }))),
    batchId,
  );
}

/** Writes the state if it still is `from`; false when it is not. */
export async function changeBatchState(
  { database }: PostgresContext,
  { id, from, to, at }: { id: string; from: Batch['state']; to: Batch['state']; at: number },
): Promise<boolean> {
  const changed = await database.run(
    'update batches set state = $1, updated_at = $2 where id = $3 and state = $4',
    to,
    at,
    id,
    from,
  );
  return changed === 1;
}

/** One batch with how far it is, or null. */
export async function findBatch(context: PostgresContext, id: string): Promise<BatchStory | null> {
  const rows = await context.database.all<BatchColumns>('select * from batches where id = $1', id);
  return (await storiesOf(context, rows))[0] ?? null;
}

/** Batches in the order of making, behind an id. */
export async function listBatches(
  context: PostgresContext,
  { after, limit }: { after: string | null; limit: number },
): Promise<BatchStory[]> {
  const rows = await context.database.all<BatchColumns>(
    'select * from batches where id > $1 order by id limit $2',
    after ?? '',
    limit,
  );
  return storiesOf(context, rows);
}

async function storiesOf(
  { database }: PostgresContext,
  batches: readonly BatchColumns[],
): Promise<BatchStory[]> {
  if (batches.length === 0) return [];
  const ids = batches.map(({ id }) => id);
  const [rows, states] = await Promise.all([
    database.all<{ batch: string; total: number; waiting: number; invalid: number }>(
      `select batch, count(*) as total, count(*) filter (where notification is null and failure is null) as waiting,
         count(failure) as invalid
       from batch_rows where batch = any($1::text[]) group by batch`,
      ids,
    ),
    database.all<{ batch: string; state: NotificationState; count: number }>(
      `select batch, state, count(*) as count from notifications where batch = any($1::text[])
       group by batch, state order by state`,
      ids,
    ),
  ]);
  const rowsOf = new Map(rows.map(({ batch, ...counts }) => [batch, counts]));
  const statesOf = Map.groupBy(states, ({ batch }) => batch);
  return batches.map(({ id, name, state, created_at: createdAt, updated_at: updatedAt }) => ({
    batch: { id, name, state, createdAt, updatedAt },
    counts: {
      ...(rowsOf.get(id) ?? { total: 0, waiting: 0, invalid: 0 }),
      states: Object.fromEntries((statesOf.get(id) ?? []).map((each) => [each.state, each.count])),
    },
  }));
}

/** The rows of a batch behind a number, in their order. */
export async function listBatchRows(
  { database }: PostgresContext,
  batchId: string,
  after: number,
  limit: number,
): Promise<BatchRow[]> {
  const rows = await database.all<{
    number: number;
    request: string;
    notification: string | null;
    row_failure: string | null;
    state: Notification['state'] | null;
    because: string | null;
    failure: string | null;
  }>(
    `select number, request, notification, batch_rows.failure as row_failure, state, because,
       notifications.failure as failure
     from batch_rows left join notifications on notifications.id = batch_rows.notification
     where batch_rows.batch = $1 and number > $2 order by number limit $3`,
    batchId,
    after,
    limit,
  );
  return rows.map((row) => {
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
export async function readQueuedOfBatch(
  { database, laneNames }: PostgresContext,
  id: string,
  limit: number,
): Promise<{ id: string; lane: Lane }[]> {
  const rows = await database.all<{ id: string; lane: number }>(
    `select id, lane from notifications where batch = $1 and state in ('queued', 'held') order by id limit $2`,
    id,
    limit,
  );
  const laneName = await laneNames(rows);
  return rows.map((row) => ({ id: row.id, lane: laneName(row.lane) }));
}

/** The next rows of running batches that are no notifications yet, of those with few that wait to be sent. */
export async function readNextRows(
  { database }: PostgresContext,
  { queued, limit }: { queued: number; limit: number },
): Promise<{ batchId: string; number: number; request: RowRequest }[]> {
  const rows = await database.all<{ batch: string; number: number; request: string }>(
    `select row.* from batches cross join lateral (
       select batch, number, request from batch_rows
       where batch = batches.id and notification is null and failure is null order by number limit $2) as row
     where state = 'running' and (select count(*) from (select 1 from notifications
       where batch = batches.id and state = 'queued' limit $1) as waiting) < $1
     order by row.batch, row.number`,
    queued,
    limit,
  );
  return rows.map(({ batch, number, request }) => ({
    batchId: batch,
    number,
    request: JSON.parse(request),
  }));
}

/** Keeps what became of rows. */
export async function keepRowOutcomes({ database }: PostgresContext, outcomes: RowOutcome[]): Promise<void> {
  await database.run(
    `update batch_rows set notification = given.notification, failure = given.failure
     from json_to_recordset($1::json) as given (batch text, number bigint, notification text, failure text)
     where batch_rows.batch = given.batch and batch_rows.number = given.number`,
    rowsParameter(
      outcomes.map(({ batchId, number, notificationId, failure }) => ({
        batch: batchId,
        number,
        notification: notificationId,
        failure: failure === null ? null : JSON.stringify(failure),
      })),
    ),
  );
}

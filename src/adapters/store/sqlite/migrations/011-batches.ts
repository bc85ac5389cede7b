import type { Migration } from '../migrate.ts';

/** Batches with their rows. Personal data stands in `batch_rows.request` alone. */
export const batches: Migration = {
  version: 11,
  readableFrom: 10,
  sql: `
    create table batches (
      id text primary key,
      name text,
      state text not null,
      created_at integer not null,
      updated_at integer not null,
      scope text,
      key text,
      digest text,
      unique (scope, key)
    ) strict, without rowid;

    create table batch_rows (
      batch text not null references batches (id),
      number integer not null,
      request text not null,
      -- Null while it waits, and where \`failure\` says why it never becomes one.
      notification text,
      failure text,
      primary key (batch, number)
    ) strict, without rowid;
    create index batch_rows_waiting on batch_rows (batch, number) where notification is null and failure is null;
    create index notifications_by_batch on notifications (batch, state) where batch is not null;
  `,
};

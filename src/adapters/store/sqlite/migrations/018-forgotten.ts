import type { Migration } from '../migrate.ts';

/** How far the feed was forgotten, so that a reader who was away for too long can be told. */
export const forgotten: Migration = {
  version: 18,
  readableFrom: 10,
  sql: `
    create table forgotten (
      -- \`events\`.
      what text primary key,
      -- The position of the newest one that is gone.
      until integer not null
    ) strict;
  `,
};

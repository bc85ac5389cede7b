import type { Migration } from '../migrate.ts';

/** What reading old bodies again has understood better, and what of it is not in the state yet. */
export const rereads: Migration = {
  version: 5,
  readableFrom: 1,
  sql: `
    -- Events that a re-reading upgraded in place or found in an old body. They are folded from here and not with
    -- the feed: they may change state and must never cause anything else, so they stay told apart for ever.
    create table rereads (
      position integer primary key references events (position),
      lane integer not null references lanes (id),
      reread_at integer not null,
      -- The revision that is not in the state yet; null once it is.
      waiting integer
    ) strict;
    create index rereads_waiting on rereads (lane, position) where waiting is not null;
  `,
};

import type { Migration } from '../migrate.ts';

/** Notifications may wait until the person writes. */
export const held: Migration = {
  version: 15,
  readableFrom: 1,
  sql: `
    -- 1: with a closed window it waits until they write.
    alter table notifications add column holds integer not null default 0;
    create index notifications_held on notifications (lane, party) where state = 'held';
    create index notifications_held_expiring on notifications (lane, not_after) where state = 'held';
  `,
};

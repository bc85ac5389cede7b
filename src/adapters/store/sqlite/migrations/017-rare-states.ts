import type { Migration } from '../migrate.ts';

/** Notifications are also listed by a state that few are in. */
export const rareStates: Migration = {
  version: 17,
  readableFrom: 1,
  sql: `
    create index notifications_by_rare_state on notifications (state, position)
      where state in ('held', 'unknown', 'failed', 'expired', 'cancelled');
  `,
};

import type { Migration } from '../migrate.ts';

/** Forgetting by age asks who still refers to a body, a block or an event; all of these grow at their end. */
export const retention: Migration = {
  version: 14,
  readableFrom: 10,
  sql: `
    create index events_by_webhook on events (webhook) where webhook is not null;
    create index other_contents_by_webhook on other_contents (webhook);
    create index webhooks_by_block on webhooks (block);
    create index merges_by_position on merges (position) where position is not null;
  `,
};

import type { Migration } from '../migrate.ts';

/** Conversations are also listed by their latest message. */
export const latestConversations: Migration = {
  version: 13,
  readableFrom: 1,
  sql: 'create index conversations_by_last on conversations (last_message_at, id);',
};

import type { Migration } from '../migrate.ts';

/**
 * The first schema. Personal data stands only in `blocks.bytes`, `events.payload` (of our own events),
 * `identifiers.value`, `contacts.identifiers`, `contacts.name`, `conversations.group_id`, `statuses.errors`, `notifications` and
 * `attempts`: what forgetting a person has to rewrite. Keys, digests and message references are keyed hashes
 * and may stay.
 */
export const first: Migration = {
  version: 1,
  readableFrom: 1,
  sql: `
    -- One row: the key under which events and messages are hashed. It never changes; backups hold it too.
    create table installation (
      only integer primary key check (only = 1),
      key blob not null,
      created_at integer not null
    ) strict;
    insert into installation (only, key, created_at) values (1, randomblob(32), unixepoch() * 1000);

    create table lanes (
      id integer primary key,
      name text not null unique,
      -- The cursor: events of this lane up to this position are in the state.
      folded integer not null default 0
    ) strict;

    -- Bodies as they were received, those of one commit behind one another. Format 0: as they came, 1: deflated
    -- against the first dictionary.
    create table blocks (
      id integer primary key autoincrement,
      format integer not null,
      bytes blob not null
    ) strict;

    -- Where a body stands. Forgetting rewrites its block and keeps the digest of the original.
    create table webhooks (
      id integer primary key autoincrement,
      received_at integer not null,
      secret text not null,
      block integer not null references blocks (id),
      start integer not null,
      length integer not null,
      redacted_at integer,
      original_sha256 blob
    ) strict;

    -- The feed. \`webhook\` and \`path\` say where the element stands; only our own events have a payload here.
    create table events (
      position integer primary key autoincrement,
      key blob not null,
      kind text not null,
      lane integer not null references lanes (id),
      occurred_at integer,
      received_at integer not null,
      webhook integer references webhooks (id),
      path text,
      foreign_phone integer not null default 0,
      revision integer not null default 1,
      payload text
    ) strict;
    create index events_by_lane on events (lane, position);

    -- Every key ever appended. Time first, so that this grows at its end.
    create table keys (
      key blob primary key,
      position integer not null,
      digest blob not null,
      received_at integer not null,
      -- How often the same key came with other content.
      conflicts integer not null default 0
    ) strict, without rowid;

    -- Bodies that held an event's key with other content, and the body that an upgraded event came in first:
    -- with events.webhook, the way from an event to every body that holds it. A content is kept once.
    create table other_contents (
      position integer not null references events (position),
      digest blob not null,
      webhook integer not null references webhooks (id),
      primary key (position, digest)
    ) strict, without rowid;

    -- The latest event of each subject that has neither an id nor a time.
    create table undated (
      subject blob primary key,
      counter integer not null,
      digest blob not null
    ) strict, without rowid;

    -- \`number\` is the order in which contacts became known here, and so the order of lists; other tables name a
    -- contact by it, because an index of numbers is a third as large as one of ids.
    create table contacts (
      number integer primary key autoincrement,
      id text not null unique,
      lane integer not null references lanes (id),
      name text,
      name_at integer not null,
      name_key text not null,
      first_seen_at integer not null,
      wrote_in integer not null
    ) strict;

    create table identifiers (
      lane integer not null references lanes (id),
      kind text not null,
      value text not null,
      contact integer not null references contacts (number),
      primary key (lane, kind, value)
    ) strict, without rowid;
    create index identifiers_by_contact on identifiers (contact);

    create table conversations (
      number integer primary key autoincrement,
      id text not null unique,
      lane integer not null references lanes (id),
      contact integer references contacts (number),
      group_id text,
      last_inbound_at integer,
      last_message_at integer not null,
      unique (contact),
      unique (lane, group_id)
    ) strict;

    -- Whom an event names: with events.webhook and other_contents, the way from a person to every body that
    -- names them, by reading it all: who forgets a person can wait, who folds an event cannot. \`main\` marks the
    -- contact that the event is about; others may be named beside.
    create table event_contacts (
      position integer not null references events (position),
      contact integer not null references contacts (number),
      main integer not null,
      primary key (position, contact)
    ) strict, without rowid;

    -- The threads. \`message\` is a keyed hash of Meta's wamid.
    create table messages (
      position integer primary key references events (position),
      lane integer not null references lanes (id),
      conversation integer not null references conversations (number),
      direction text not null,
      at integer not null,
      message blob,
      notification text
    ) strict;
    create index messages_by_conversation on messages (conversation, position);
    create index messages_by_message on messages (message) where message is not null;

    -- What Meta said about each message, also before we knew the message.
    create table statuses (
      message blob not null,
      name text not null,
      participant text not null,
      at integer not null,
      key text not null,
      errors text not null,
      primary key (message, name, participant)
    ) strict, without rowid;

    create table notifications (
      id text primary key,
      lane integer not null references lanes (id),
      state text not null,
      recipient text not null,
      recipient_read text not null,
      contact text,
      content text not null,
      fallback text,
      purpose text not null,
      reference text,
      meta_hold integer not null,
      played integer not null,
      decision text not null,
      because text not null,
      message_id text,
      -- Keyed hash of message_id, by which statuses find their notification.
      message blob,
      failure text,
      attempts integer not null,
      position integer not null,
      not_before integer,
      not_after integer not null,
      next_attempt_at integer,
      created_at integer not null,
      updated_at integer not null
    ) strict, without rowid;
    create index notifications_queued on notifications (lane, next_attempt_at, id) where state = 'queued';
    create index notifications_expiring on notifications (lane, not_after) where state = 'queued';
    create index notifications_open on notifications (lane, state, updated_at) where state in ('sending', 'unknown');
    create unique index notifications_by_position on notifications (position);
    create index notifications_by_message on notifications (message) where message is not null;

    create table attempts (
      id text primary key,
      lane integer not null references lanes (id),
      notification text not null,
      number integer not null,
      started_at integer not null,
      finished_at integer not null,
      result text not null,
      settled integer not null default 0
    ) strict, without rowid;
    create index attempts_unsettled on attempts (lane, finished_at) where settled = 0;
    create index attempts_by_notification on attempts (notification, number);

    create table idempotency (
      scope text not null,
      key text not null,
      digest text not null,
      notification text not null,
      -- Whether the first answer was a refusal, so that a repeated request is answered alike.
      refused integer not null,
      created_at integer not null,
      primary key (scope, key)
    ) strict, without rowid;

    create table business_phones (
      id text primary key,
      first_seen_at integer not null,
      last_event_at integer not null
    ) strict, without rowid;
  `,
};

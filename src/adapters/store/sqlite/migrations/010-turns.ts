import type { Migration } from '../migrate.ts';

/**
 * Whose turn it is: of everybody for whom something waits, and of each urgency, the notification that is next. So
 * what is due is found among people, however much waits for one of them.
 */
export const turns: Migration = {
  version: 10,
  readableFrom: 10,
  sql: `
    -- For whom it is, as far as order and Meta's pair rule go; personal data, as \`recipient\` is.
    alter table notifications add column party text not null default '';
    alter table notifications add column batch text;
    -- 0: a code, 1: a single message, 2: one of many.
    alter table notifications add column urgency integer not null default 1;
    -- When its turn first came, in milliseconds: a retry keeps its place.
    alter table notifications add column queued_at integer not null default 0;
    update notifications set
      party = coalesce(contact, recipient_read),
      urgency = case purpose when 'authentication' then 0 when 'marketing' then 2 else 1 end,
      queued_at = max(created_at, coalesce(not_before, 0));
    create index notifications_by_party on notifications (lane, party, urgency, queued_at, position)
      where state = 'queued';
    create index notifications_sending on notifications (lane, party) where state = 'sending';
    create index attempts_by_time on attempts (lane, started_at);

    create table turns (
      lane integer not null references lanes (id),
      party text not null,
      urgency integer not null,
      notification text not null,
      due_at integer not null,
      batch text,
      primary key (lane, party, urgency)
    ) strict, without rowid;
    create index turns_by_time on turns (lane, urgency, due_at);
    insert into turns (lane, party, urgency, notification, due_at, batch)
      select lane, party, urgency, id, next_attempt_at, batch from (
        select *, row_number() over (partition by lane, party, urgency order by queued_at, position) as place
        from notifications where state = 'queued')
      where place = 1 and not exists (select 1 from notifications as other
        where other.lane = lane and other.party = party and other.state = 'sending');
  `,
};

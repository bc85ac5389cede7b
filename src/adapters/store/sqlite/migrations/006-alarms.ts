import type { Migration } from '../migrate.ts';

/** Alarms: the open ones, and the history of those that are resolved. They hold no personal data. */
export const alarms: Migration = {
  version: 6,
  readableFrom: 1,
  sql: `
    create table alarms (
      id text primary key,
      code text not null,
      subject text not null,
      severity text not null,
      sentence text not null,
      remedy text not null,
      raised_at integer not null,
      last_seen_at integer not null,
      count integer not null,
      resolved_at integer,
      told_at integer not null,
      -- News that recipients outside have not heard yet: after a crash it is told by the next start.
      untold text
    ) strict, without rowid;
    -- While an alarm is open, code and subject are its identity: a cause that recurs raises no second one.
    create unique index alarms_open on alarms (code, subject) where resolved_at is null;
    create index alarms_untold on alarms (id) where untold is not null;
  `,
};

import type { Migration } from '../migrate.ts';

/**
 * Who was told what of an alarm: before, one note stood for all recipients (`alarms.untold`, which stays for older
 * programs and is written no more). The two names are those that recipients had until then. No personal data.
 */
export const alarmTellings: Migration = {
  version: 7,
  readableFrom: 1,
  sql: `
    create table alarm_tellings (
      alarm text not null references alarms (id) on delete cascade,
      recipient text not null,
      news text not null,
      -- When there was this news; later news of the alarm takes its place.
      news_at integer not null,
      -- Null while the recipient does not know.
      told_at integer,
      primary key (alarm, recipient)
    ) strict, without rowid;
    create index alarm_tellings_untold on alarm_tellings (alarm) where told_at is null;

    insert into alarm_tellings (alarm, recipient, news, news_at, told_at)
      select id, name, coalesce(untold, 'raised'), told_at, iif(untold is null, told_at, null)
      from alarms join (select 'ALERT_WEBHOOK_URL' as name union all select 'ALERT_EMAIL')
      where resolved_at is null or untold is not null;

    drop index alarms_untold;
    -- For what is forgotten of the history.
    create index alarms_resolved on alarms (resolved_at) where resolved_at is not null;
  `,
};

import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrate } from '../../src/adapters/store/sqlite/migrate.ts';
import { migrations } from '../../src/adapters/store/sqlite/migrations/index.ts';
import { openSqliteStore } from '../../src/adapters/store/sqlite/open-sqlite-store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Schema 6 had one note for all recipients. Whoever upgrades is told what was owed, and nothing a second time.
it('alarms of schema 6 are owed to everybody or to nobody, as they were', async () => {
  const file = join(temporaryFolder(), 'recado.db');
  const database = new Database(file);
  migrate(database, migrations.slice(0, 6), file);
  const insert = database.prepare(
    `insert into alarms (id, code, subject, severity, sentence, remedy, raised_at, last_seen_at, count,
       resolved_at, told_at, untold) values (?, 'queue-growing', ?, 'warning', 'It waits.', 'Look.', 1, 1, 1, ?, 1, ?)`,
  );
  insert.run('al_0000000000000001', 'told', null, null);
  insert.run('al_0000000000000002', 'owed', null, 'raised');
  insert.run('al_0000000000000003', 'over and owed', 5, 'resolved');
  insert.run('al_0000000000000004', 'over and told', 5, null);
  database.close();

  const store = await openSqliteStore(file);
  const read = (await store.readOpenAlarms(0)).map(({ alarm, tellings }) => [alarm.subject, tellings]);
  await store.close();
  const both = (news: string, toldAt: number | null) => [
    { recipient: 'ALERT_EMAIL', news, toldAt },
    { recipient: 'ALERT_WEBHOOK_URL', news, toldAt },
  ];
  expect(read).toEqual([
    ['told', both('raised', 1)],
    ['owed', both('raised', null)],
    ['over and owed', both('resolved', null)],
  ]);
});

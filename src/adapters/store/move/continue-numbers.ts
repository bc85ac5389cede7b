import type Database from 'better-sqlite3';
import type { Database as Postgres } from '../postgres/database.ts';
import { lastNumbers } from './embedded-tables.ts';

/**
 * Goes on numbering where the embedded database has ended: positions above all, because everybody's cursors are
 * positions. Every lane and endpoint gets the unit for which processes compete.
 */
export async function continueNumbers(source: Database.Database, target: Postgres): Promise<void> {
  const last = lastNumbers(source);
  const counters = ['contacts', 'conversations', 'merges', 'api_keys', 'audit_log'];
  await target.commit([
    {
      sql: 'update feed set position = $1, webhook = $2',
      values: [last.get('events') ?? 0, last.get('webhooks') ?? 0],
    },
    ...counters.map((name) => ({
      sql: 'update counters set last = $2 where name = $1',
      values: [name, last.get(name) ?? 0],
    })),
    {
      sql: `select setval(pg_get_serial_sequence('lanes', 'id'), (select coalesce(max(id), 0) + 1 from lanes), false)`,
      values: [],
    },
    {
      sql: `select setval(pg_get_serial_sequence('commands', 'number'), $1::bigint + 1, false)`,
      values: [last.get('commands') ?? 0],
    },
    { sql: 'insert into leases (unit) select name from lanes on conflict do nothing', values: [] },
    {
      sql: "insert into leases (unit) select 'endpoint/' || id from endpoints on conflict do nothing",
      values: [],
    },
  ]);
}

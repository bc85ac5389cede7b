import type { Actor, AuditEntry } from '../../../../domain/audit.ts';
import type { SettingChange, StoredSetting } from '../../../../flows/live-settings.ts';
import type { PostgresContext } from '../context.ts';
import type { Statements } from '../database.ts';
import { appendAudit, lockAudit } from './audit.ts';

type SettingRow = { name: string; value: string; updated_at: number; updated_by: string };

/** Every setting of behaviour that somebody has decided. */
export function readSettings({ database }: PostgresContext): Promise<StoredSetting[]> {
  return settingsOf(database);
}

async function settingsOf(statements: Statements): Promise<StoredSetting[]> {
  const rows = await statements.all<SettingRow>('select * from settings order by name');
  return rows.map((row) => ({
    name: row.name,
    value: JSON.parse(row.value),
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  }));
}

/** Decides settings or gives them back their defaults, each with its entry in the audit log; all or nothing. */
export async function changeSettings(
  { database }: PostgresContext,
  change: { changes: SettingChange[]; at: number; actor: Actor },
): Promise<StoredSetting[]> {
  const { at, actor } = change;
  return database.transaction(async (statements) => {
    await lockAudit(statements);
    const entries: AuditEntry[] = [];
    for (const { name, value } of change.changes) {
      const row = await statements.get<{ value: string }>('select value from settings where name = $1', name);
      if (value === null) await statements.run('delete from settings where name = $1', name);
      else {
        await statements.run(
          `insert into settings (name, value, updated_at, updated_by) values ($1, $2, $3, $4)
           on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at,
             updated_by = excluded.updated_by`,
          name,
          JSON.stringify(value),
          at,
          actor.name,
        );
      }
      entries.push({
        at,
        actor,
        action: value === null ? 'setting.reset' : 'setting.changed',
        subject: name,
        detail: { before: row === undefined ? null : JSON.parse(row.value), after: value },
      });
    }
    await appendAudit(statements, entries);
    return settingsOf(statements);
  });
}

import type { Actor } from '../../../../domain/audit.ts';
import type { SettingChange, StoredSetting } from '../../../../flows/live-settings.ts';
import { inTransaction, type StoreContext } from '../context.ts';
import { all, get, run } from '../statement.ts';
import { appendAudit } from './audit.ts';

type SettingRow = { name: string; value: string; updated_at: number; updated_by: string };

/** Every setting of behaviour that somebody has decided. */
export function readSettings({ database }: StoreContext): StoredSetting[] {
  return all<SettingRow>(database, 'select * from settings order by name').map((row) => ({
    name: row.name,
    value: JSON.parse(row.value),
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  }));
}

/** Decides settings or gives them back their defaults, each with its entry in the audit log; all or nothing. */
export function changeSettings(
  context: StoreContext,
  change: { changes: SettingChange[]; at: number; actor: Actor },
): StoredSetting[] {
  const { database } = context;
  const { at, actor } = change;
  return inTransaction(context, () => {
    for (const { name, value } of change.changes) {
      const row = get<{ value: string }>(database, 'select value from settings where name = ?', name);
      if (value === null) run(database, 'delete from settings where name = ?', name);
      else {
        run(
          database,
          'insert or replace into settings (name, value, updated_at, updated_by) values (?, ?, ?, ?)',
          name,
          JSON.stringify(value),
          at,
          actor.name,
        );
      }
      appendAudit(context, {
        at,
        actor,
        action: value === null ? 'setting.reset' : 'setting.changed',
        subject: name,
        detail: { before: row === undefined ? null : JSON.parse(row.value), after: value },
      });
    }
    return readSettings(context);
  });
}

import type { AuditEntry } from '../../../../domain/audit.ts';
import type { AppliedCommand } from '../../../../flows/commands/obey.ts';
import type { Statement } from '../database.ts';
import { rowsParameter } from '../safe-text.ts';

/** What notes what became of commands, within the transaction of what they changed. */
export function noteApplied(commands: readonly AppliedCommand[]): Statement[] {
  if (commands.length === 0) return [];
  const rows = commands.map(({ id, appliedAt, result }) => ({
    id,
    applied_at: appliedAt,
    result: JSON.stringify(result),
  }));
  return [
    {
      sql: `update commands set applied_at = given.applied_at, result = given.result
        from json_to_recordset($1::json) as given (id text, applied_at bigint, result text)
        where commands.id = given.id`,
      values: [rowsParameter(rows)],
    },
    ...putAudit(commands.flatMap(({ audit }) => audit ?? [])),
  ];
}

/**
 * What writes entries of the audit log, in their order: within the transaction of the change that they speak of, so
 * that neither is ever there without the other.
 */
export function putAudit(entries: readonly AuditEntry[]): Statement[] {
  if (entries.length === 0) return [];
  const rows = entries.map(({ at, actor, action, subject, detail }, place) => ({
    at,
    actor: actor.id,
    actor_name: actor.name,
    action,
    subject,
    detail: JSON.stringify(detail),
    place,
  }));
  return [
    {
      sql: `insert into audit_log (at, actor, actor_name, action, subject, detail)
        select at, actor, actor_name, action, subject, detail
        from json_to_recordset($1::json) as given (at bigint, actor text, actor_name text, action text, subject text,
          detail text, place bigint)
        order by place`,
      values: [rowsParameter(rows)],
    },
  ];
}

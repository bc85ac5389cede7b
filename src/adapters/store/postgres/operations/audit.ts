import type { AuditEntry, AuditRecord } from '../../../../domain/audit.ts';
import type { PostgresContext } from '../context.ts';
import type { Statements } from '../database.ts';
import { putAudit } from './note-applied.ts';

/**
 * Makes others who write to the audit log wait until the end of this transaction: for changes that say in it what
 * stood before them.
 */
export async function lockAudit(statements: Statements): Promise<void> {
  await statements.get("select last from counters where name = 'audit_log' for update");
}

/** Writes entries within a transaction. */
export async function appendAudit(statements: Statements, entries: readonly AuditEntry[]): Promise<void> {
  for (const { sql, values } of putAudit(entries)) await statements.run(sql, ...values);
}

/** Keeps an entry that speaks of no change in the database. */
export async function noteAudit({ database }: PostgresContext, entry: AuditEntry): Promise<void> {
  await database.commit(putAudit([entry]));
}

/** When a thing was done to a subject since a time, in milliseconds, oldest first. */
export async function auditTimes(
  { database }: PostgresContext,
  query: { action: string; subject: string; since: number },
): Promise<number[]> {
  const rows = await database.all<{ at: number }>(
    'select at from audit_log where action = $1 and subject = $2 and at >= $3 order by number',
    query.action,
    query.subject,
    query.since,
  );
  return rows.map(({ at }) => at);
}

type AuditRow = {
  number: number;
  at: number;
  actor: string;
  actor_name: string;
  action: string;
  subject: string;
  detail: string;
};

/** A page of the audit log, in the order of the changes, behind the number `after` (0: from the start). */
export async function listAudit(
  { database }: PostgresContext,
  query: { after: number; limit: number; newest?: boolean },
): Promise<AuditRecord[]> {
  const newest = query.newest === true;
  const rows = await database.all<AuditRow>(
    `select * from audit_log where number ${newest ? '<' : '>'} $1 order by number ${newest ? 'desc' : 'asc'} limit $2`,
    query.after,
    query.limit,
  );
  return rows.map(({ actor, actor_name, detail, ...row }) => ({
    ...row,
    actor: { id: actor, name: actor_name },
    detail: JSON.parse(detail),
  }));
}

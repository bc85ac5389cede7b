import type { AuditEntry, AuditRecord } from '../../../../domain/audit.ts';
import { inTransaction, type StoreContext } from '../context.ts';
import { all, run } from '../statement.ts';

/**
 * Writes an entry of the audit log. To be called inside the transaction of the change that it speaks of, so
 * that neither is ever there without the other.
 */
export function appendAudit(context: StoreContext, entry: AuditEntry): void {
  if (!context.database.inTransaction) throw new Error('An audit entry belongs to a transaction.');
  run(
    context.database,
    'insert into audit_log (at, actor, actor_name, action, subject, detail) values (?, ?, ?, ?, ?, ?)',
    entry.at,
    entry.actor.id,
    entry.actor.name,
    entry.action,
    entry.subject,
    JSON.stringify(entry.detail),
  );
}

/** Keeps an entry that speaks of no change in the database. */
export function noteAudit(context: StoreContext, entry: AuditEntry): void {
  inTransaction(context, () => appendAudit(context, entry));
}

/** When a thing was done to a subject since a time, in milliseconds, oldest first. */
export function auditTimes(
  context: StoreContext,
  query: { action: string; subject: string; since: number },
): number[] {
  return all<{ at: number }>(
    context.database,
    'select at from audit_log where action = ? and subject = ? and at >= ? order by number',
    query.action,
    query.subject,
    query.since,
  ).map(({ at }) => at);
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

/** A page of the audit log, in the order of the changes behind the number `after` (0: from the start), or from it backwards. */
export function listAudit(
  context: StoreContext,
  query: { after: number; limit: number; newest?: boolean },
): AuditRecord[] {
  const newest = query.newest === true;
  return all<AuditRow>(
    context.database,
    `select * from audit_log where number ${newest ? '<' : '>'} ? order by number ${newest ? 'desc' : 'asc'} limit ?`,
    query.after,
    query.limit,
  ).map(({ actor, actor_name, detail, ...row }) => ({
    ...row,
    actor: { id: actor, name: actor_name },
    detail: JSON.parse(detail),
  }));
}

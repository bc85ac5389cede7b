import type { AuditEntry } from '../../../../domain/audit.ts';
import type { Lane } from '../../../../domain/lane.ts';
import {
  type OptOutName,
  type Preference,
  possibleOptOutNames,
  type RefusablePurpose,
} from '../../../../domain/opt-out.ts';
import type { Identifier } from '../../../../domain/person.ts';
import type { NamedPreference } from '../../../../flows/lane-state.ts';
import { inTransaction, type StoreContext } from '../context.ts';
import { all, run } from '../statement.ts';
import { appendAudit } from './audit.ts';

/** Keeps a person's word, unless one that is known outweighs it; inside the caller's transaction. */
export function putPreference(
  { database }: StoreContext,
  laneId: number,
  { person, purpose, optedOut, at, key, evidence }: NamedPreference,
): void {
  // As `outweighs` of the domain says.
  run(
    database,
    `insert into opt_outs (lane, kind, value, purpose, opted_out, at, key, evidence) values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict do update set opted_out = excluded.opted_out, at = excluded.at, key = excluded.key,
       evidence = excluded.evidence
     where (excluded.at, excluded.opted_out, excluded.key) > (opt_outs.at, opt_outs.opted_out, opt_outs.key)`,
    laneId,
    person.kind,
    person.value,
    purpose,
    optedOut ? 1 : 0,
    at,
    key,
    evidence,
  );
}

/**
 * Keeps what a caller says of a person, under all their names, with the entry in the audit log. It is a fact like
 * those that Meta tells: of two the later one stands, so that nobody has to own the lane to add one.
 */
export function insertPreference(
  context: StoreContext,
  lane: Lane,
  names: readonly OptOutName[],
  preference: Preference,
  audit: AuditEntry,
): void {
  inTransaction(context, () => {
    const laneId = context.ensureLane(lane);
    for (const person of names) putPreference(context, laneId, { ...preference, person });
    appendAudit(context, audit);
  });
}

type PreferenceRow = {
  purpose: RefusablePurpose;
  opted_out: number;
  at: number;
  key: string;
  evidence: string;
};

/** Every word of a person that stands under one of their names, in any spelling. */
export function readPreferences(
  context: StoreContext,
  lane: Lane,
  identifiers: readonly Identifier[],
): Preference[] {
  const laneId = context.laneId(lane);
  if (laneId === null) return [];
  return possibleOptOutNames(identifiers).flatMap(({ kind, value }) =>
    all<PreferenceRow>(
      context.database,
      'select purpose, opted_out, at, key, evidence from opt_outs where lane = ? and kind = ? and value = ?',
      laneId,
      kind,
      value,
    ).map(({ opted_out: optedOut, ...row }) => ({ ...row, optedOut: optedOut === 1 })),
  );
}

import type { AuditEntry } from '../../../../domain/audit.ts';
import type { Lane } from '../../../../domain/lane.ts';
import {
  type OptOutName,
  type Preference,
  possibleOptOutNames,
  type RefusablePurpose,
} from '../../../../domain/opt-out.ts';
import type { Identifier } from '../../../../domain/person.ts';
import type { PostgresContext } from '../context.ts';
import { rowsParameter } from '../safe-text.ts';
import { putAudit } from './note-applied.ts';
import { putPreferences } from './write-changes.ts';

/**
 * Keeps what a caller says of a person, under all their names, with the entry in the audit log. It is a fact like
 * those that Meta tells: of two the later one stands, so that nobody has to own the lane to add one.
 */
export async function insertPreference(
  { database, ensureLane }: PostgresContext,
  lane: Lane,
  names: readonly OptOutName[],
  preference: Preference,
  audit: AuditEntry,
): Promise<void> {
  const named = names.map((person) => ({ ...preference, person }));
  const laneId = await ensureLane(lane);
  await database.commit([...putPreferences(laneId, named), ...putAudit([audit])]);
}

type PreferenceRow = {
  asked: number;
  purpose: RefusablePurpose;
  opted_out: number;
  at: number;
  key: string;
  evidence: string;
};

/** Every word of a person that stands under one of their names, in any spelling. */
export async function readPreferences(
  context: PostgresContext,
  lane: Lane,
  identifiers: readonly Identifier[],
): Promise<Preference[]> {
  return (await readPreferencesOf(context, [{ lane, identifiers }]))[0] ?? [];
}

/** The same for many people at once: the words of each, in the order of the people. */
export async function readPreferencesOf(
  { database, laneId }: PostgresContext,
  people: readonly { lane: Lane; identifiers: readonly Identifier[] }[],
): Promise<Preference[][]> {
  const laneIds = await Promise.all(people.map(({ lane }) => laneId(lane)));
  const names = people.flatMap(({ identifiers }, asked) =>
    possibleOptOutNames(identifiers).map(({ kind, value }, number) => ({
      asked,
      number,
      lane: laneIds[asked],
      kind,
      value,
    })),
  );
  const found = people.map((): Preference[] => []);
  if (names.length === 0) return found;
  const rows = await database.all<PreferenceRow>(
    `select asked, purpose, opted_out, at, key, evidence
     from json_to_recordset($1::json) as name (asked integer, number integer, lane integer, kind text, value text)
       join opt_outs using (lane, kind, value)
     order by asked, number, purpose`,
    rowsParameter(names),
  );
  for (const { asked, opted_out: optedOut, ...row } of rows) {
    found[asked]?.push({ ...row, optedOut: optedOut === 1 });
  }
  return found;
}

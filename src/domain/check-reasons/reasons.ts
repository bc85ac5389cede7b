import { accountReasons } from './account.ts';
import { installationReasons } from './installation.ts';
import type { ReasonRow } from './reason.ts';
import { sharedReasons } from './shared.ts';

const rows = { ...sharedReasons, ...installationReasons, ...accountReasons } as const satisfies Record<
  string,
  ReasonRow
>;

/** What a check found: a stable word for programs. */
export type ReasonCode = keyof typeof rows;

/** Every reason, for documents and schemas. */
export const reasonCodes = Object.keys(rows) as ReasonCode[];

/** The row of a reason. */
export function reasonRow(code: ReasonCode): ReasonRow {
  return rows[code];
}

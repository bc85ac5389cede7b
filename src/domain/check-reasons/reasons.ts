import { accountReasons } from './account.ts';
import { doorReasons } from './door.ts';
import { installationReasons } from './installation.ts';
import { messageReasons } from './message.ts';
import type { ReasonRow } from './reason.ts';
import { sharedReasons } from './shared.ts';
import { standingReasons } from './standing.ts';
import { subscriptionReasons } from './subscription.ts';

const rows = {
  ...sharedReasons,
  ...installationReasons,
  ...accountReasons,
  ...standingReasons,
  ...subscriptionReasons,
  ...doorReasons,
  ...messageReasons,
} as const satisfies Record<string, ReasonRow>;

/** What a check found: a stable word for programs. */
export type ReasonCode = keyof typeof rows;

/** Every reason, for documents and schemas. */
export const reasonCodes = Object.keys(rows) as ReasonCode[];

/** The row of a reason. */
export function reasonRow(code: ReasonCode): ReasonRow {
  return rows[code];
}

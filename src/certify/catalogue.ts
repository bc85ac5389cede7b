import type { Check } from './check.ts';
import { deliveryChecks } from './checks/delivery.ts';
import { handshakeChecks } from './checks/handshake.ts';
import { readingChecks } from './checks/reading.ts';
import { signatureChecks } from './checks/signature.ts';
import { timeChecks } from './checks/time.ts';

/** Everything that is tried on a receiver, in this order. */
export const catalogue: readonly Check[] = [
  ...handshakeChecks,
  ...signatureChecks,
  ...timeChecks,
  ...readingChecks,
  ...deliveryChecks,
];

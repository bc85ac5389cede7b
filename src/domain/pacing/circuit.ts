import type { FailureCode } from '../failure.ts';

/** Failures that the whole business phone has until somebody cures them: each further message would meet the same. */
export const circuitFailures = ['access-token-refused', 'account-restricted', 'payment-problem'] as const;

/** A failure that opens the circuit of a business phone. */
export type CircuitFailure = (typeof circuitFailures)[number];

/** Sending of one business phone is held; now and then one message goes ahead to see whether the cure is there. */
export type Circuit = {
  failure: CircuitFailure;
  /** Messages that went ahead and met the failure again. */
  probes: number;
  /** When the next one may go, in milliseconds. */
  probeAt: number;
};

/** The first wait before a probe and the longest, in milliseconds. */
const FIRST = 30_000;
const LONGEST = 15 * 60_000;

/** Whether a failure opens the circuit. */
export function opensCircuit(code: FailureCode): code is CircuitFailure {
  return circuitFailures.some((failure) => failure === code);
}

/** The circuit after a message met the failure. Many who were on their way together open it once. */
export function circuitAfterFailure(circuit: Circuit | null, failure: CircuitFailure, now: number): Circuit {
  return circuit === null ? { failure, probes: 0, probeAt: now + FIRST } : { ...circuit, failure };
}

/** The circuit while a probe is on its way: nobody follows before its answer, or the next time. */
export function circuitAfterProbe(circuit: Circuit, now: number): Circuit {
  const probes = circuit.probes + 1;
  return { ...circuit, probes, probeAt: now + waitAfter(probes) };
}

/** The circuit when something was done that may be the cure: a message may go ahead at once. */
export function circuitToProbe(circuit: Circuit, now: number): Circuit {
  return { ...circuit, probes: 0, probeAt: now };
}

function waitAfter(probes: number): number {
  return Math.min(FIRST * 2 ** probes, LONGEST);
}

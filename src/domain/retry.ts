import type { FailureRow } from './failure.ts';

/** The longest wait between two tries, in milliseconds: when Meta is back, nobody waits longer than this. */
const LONGEST_WAIT = 15 * 60_000;

/** How much longer than its row says a wait may become, so that many who failed together return apart. */
const JITTER_SHARE = 0.1;

/**
 * When the next try may be, in milliseconds. The wait grows with every try as the failure's row says.
 * Jitter only adds, because a wait that Meta's limits ask for must never be cut short.
 *
 * @param facts `attempts`: tries so far, from 1; `jitter`: a random number from 0 to 1, drawn by the caller
 * @returns null when no try by itself helps, or none fits before `notAfter`
 */
export function nextAttemptAt(facts: {
  failure: FailureRow;
  attempts: number;
  now: number;
  notAfter: number;
  jitter: number;
}): number | null {
  const { retry } = facts.failure;
  if (retry.help !== 'later' || triesUsedUp(facts.failure, facts.attempts)) return null;
  const grown = retry.delay * retry.factor ** Math.max(0, facts.attempts - 1);
  const wait = Math.min(grown, LONGEST_WAIT / (1 + JITTER_SHARE)) * (1 + JITTER_SHARE * facts.jitter);
  const at = facts.now + Math.floor(wait);
  return at < facts.notAfter ? at : null;
}

/** Whether a failure that may pass has been met so often that another try is not worth it. */
export function triesUsedUp({ retry }: FailureRow, attempts: number): boolean {
  return retry.help === 'later' && retry.tries !== undefined && attempts >= retry.tries;
}

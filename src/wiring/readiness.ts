import { isSkewed, skewInWords } from '../flows/upkeep/checks/clock-skew.ts';
import type { SharedClock } from '../runtime/clock.ts';
import { reasonOf } from './reports.ts';

/** Whether the database answers, and keeps what it is given. */
export async function readinessOf(
  store: { ping(): Promise<void>; clock: SharedClock | null },
  commits: { areRefused(): Promise<boolean> },
): Promise<{ database: { ok: boolean; detail: string } }> {
  try {
    await store.ping();
    return (await commits.areRefused())
      ? { database: { ok: false, detail: 'The database answers, but keeps nothing: look in the log.' } }
      : { database: { ok: true, detail: ['The database answers.', ...skewOf(store.clock)].join(' ') } };
  } catch (failure) {
    return { database: { ok: false, detail: `The database does not answer (${reasonOf(failure)}).` } };
  }
}

function skewOf(clock: SharedClock | null): string[] {
  const skew = clock?.skew() ?? 0;
  return isSkewed(skew) ? [skewInWords(skew)] : [];
}

import { type Failure, failureOf, failureRow } from './failure.ts';
import { GIVEN_OUT_FOR, type MediaFile } from './media-file.ts';

/** The longest wait between two tries, in milliseconds: after a cure nobody waits longer for a file. */
const LONGEST_WAIT = 60 * 60_000;

/** How much longer a wait may become, so that many files that failed together return apart. */
const JITTER_SHARE = 0.1;

/** Where a file stands after a try that failed. */
export type AfterFailure = Pick<MediaFile, 'failure' | 'tries' | 'nextTryAt' | 'endedAt'> & {
  state: 'waiting' | 'failed';
};

/**
 * Whether a file is tried again, and when. Whatever a person may cure is tried again by itself for as long as Meta
 * gives the file out; only what no other try could change ends at once.
 *
 * @param jitter from 0 to 1
 */
export function afterFailedTry(
  file: Pick<MediaFile, 'tries' | 'receivedAt'>,
  failure: Failure,
  { now, jitter }: { now: number; jitter: number },
): AfterFailure {
  const tries = file.tries + 1;
  const { retry } = failureRow(failure.code);
  if (failure.code === 'media-too-large') {
    return { state: 'failed', failure, tries, nextTryAt: null, endedAt: now };
  }
  const { delay, factor } = retry.help === 'later' ? retry : { delay: 60_000, factor: 2 };
  const wait = Math.min(delay * factor ** Math.min(tries - 1, 30), LONGEST_WAIT);
  const nextTryAt = now + Math.floor(wait * (1 + JITTER_SHARE * jitter));
  if (nextTryAt < file.receivedAt + GIVEN_OUT_FOR) {
    return { state: 'waiting', failure, tries, nextTryAt, endedAt: null };
  }
  const details = [failure.title, failure.details].filter((part) => part !== null).join(' ');
  const expired = failureOf('media-expired', { code: failure.metaCode, details });
  return { state: 'failed', failure: expired, tries, nextTryAt: null, endedAt: now };
}

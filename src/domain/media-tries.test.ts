import { describe, expect, it } from 'vitest';
import { failureOf } from './failure.ts';
import { GIVEN_OUT_FOR } from './media-file.ts';
import { afterFailedTry } from './media-tries.ts';

const minute = 60_000;
const unavailable = failureOf('media-unavailable', { code: 100, details: 'No such file.' });
const first = { tries: 0, receivedAt: 0 };

describe('after a try to fetch a file that failed', () => {
  it('the next one waits longer each time, up to an hour, and a little apart from others', () => {
    const waits = [0, 1, 2, 3, 5, 6, 100].map(
      (tries) => afterFailedTry({ tries, receivedAt: 0 }, unavailable, { now: 0, jitter: 0 }).nextTryAt,
    );
    expect(waits).toEqual([10_000, 30_000, 90_000, 270_000, 2_430_000, 60 * minute, 60 * minute]);
    expect(afterFailedTry(first, unavailable, { now: 5, jitter: 1 })).toEqual({
      state: 'waiting',
      failure: unavailable,
      tries: 1,
      nextTryAt: 11_005,
      endedAt: null,
    });
  });

  it('what needs a cure is tried again too, for nobody tells when it is cured', () => {
    const failure = failureOf('access-token-refused', { code: 190, details: null });
    expect(afterFailedTry(first, failure, { now: 0, jitter: 0 })).toMatchObject({
      state: 'waiting',
      nextTryAt: minute,
    });
  });

  it('it ends when Meta gives the file out no more, and keeps what was found last', () => {
    const now = GIVEN_OUT_FOR - 5_000;
    const after = afterFailedTry({ tries: 8, receivedAt: 0 }, unavailable, { now, jitter: 0 });
    expect(after).toMatchObject({ state: 'failed', tries: 9, nextTryAt: null, endedAt: now });
    expect(after.failure).toMatchObject({
      code: 'media-expired',
      metaCode: 100,
      details: 'Meta did not give the file out. No such file.',
    });
  });

  it('it ends at once where no other try could change anything', () => {
    const failure = failureOf('media-too-large');
    expect(afterFailedTry(first, failure, { now: 7, jitter: 0 })).toEqual({
      state: 'failed',
      failure,
      tries: 1,
      nextTryAt: null,
      endedAt: 7,
    });
  });
});

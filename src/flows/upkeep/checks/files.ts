import { FILE_PATIENCE } from '../../../domain/alarm.ts';
import { durationInWords } from '../../../domain/duration.ts';
import type { MediaBacklog } from '../../media/media-store.ts';
import type { AlarmCheck } from '../alarms.ts';

/** Looks whether the files that people send do not come any more. */
export function createFilesCheck(options: {
  /** Files that were received before a time, in milliseconds, and wait; null when there are none, or when newer ones came. */
  readMediaBacklog(receivedBefore: number): Promise<MediaBacklog | null>;
  clock: { now(): number };
}): AlarmCheck {
  return {
    code: 'files-not-fetched',
    async look() {
      const now = options.clock.now();
      const backlog = await options.readMediaBacklog(now - FILE_PATIENCE);
      if (backlog === null) return [];
      const { count, oldest } = backlog;
      const many = count > 1_000 ? 'More than 1000 files wait' : `${count} files wait`;
      const waited = durationInWords(now - oldest.receivedAt);
      const why = oldest.failure === null ? '.' : `: ${oldest.failure.title} (${oldest.failure.code})`;
      const facts = `${count === 1 ? '1 file waits' : many}, the oldest for ${waited}${why}`;
      return [{ subject: 'installation', facts }];
    },
  };
}

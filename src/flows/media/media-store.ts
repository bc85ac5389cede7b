import type { Failure } from '../../domain/failure.ts';
import type { MediaFile, MediaState, NewMediaFile } from '../../domain/media-file.ts';

/** A file in the order of a list. */
export type MediaPlace = Pick<MediaFile, 'position' | 'id'>;

/** What became of a try to fetch a file. */
export type SettledMedia = Pick<
  MediaFile,
  'id' | 'mimeType' | 'sha256' | 'size' | 'failure' | 'tries' | 'nextTryAt' | 'endedAt'
> & { state: 'waiting' | 'kept' | 'failed' };

/** A file that is to be deleted. */
export type ForgottenMedia = {
  id: string;
  /** Its bytes; null when there are none, or when another file that stays has the same. */
  sha256: string | null;
};

/** Files that have waited for long. */
export type MediaBacklog = {
  /** How many, counted up to 1,001. */
  count: number;
  /** When the oldest was received, in milliseconds, and why it is not here; null when nobody has tried yet. */
  oldest: { receivedAt: number; failure: Failure | null };
};

/** What is known of the files of messages. Each operation is one small transaction; times are in milliseconds. */
export type MediaStore = {
  /**
   * How far the feed has been looked through for files. Where nobody has looked yet: behind all that was received
   * before a time.
   */
  mediaPlace(receivedBefore: number): Promise<number>;
  /** Notes files that are to be fetched, each once, and how far the feed has been looked through. */
  noteMedia(note: { files: readonly NewMediaFile[]; place: number }): Promise<void>;
  /** The files that are due, those that have waited longest first, and those that are to be deleted. */
  readMediaWork(query: { now: number; limit: number }): Promise<{
    due: MediaFile[];
    forgotten: ForgottenMedia[];
  }>;
  /** Keeps what became of a try; a file that was forgotten meanwhile stays so, and its bytes are known. */
  settleMedia(settled: SettledMedia): Promise<void>;
  /** Forgets the files that were received before a time. */
  forgetMedia(receivedBefore: number): Promise<void>;
  /** Deletes the rows of forgotten files, and says how many there were. */
  deleteMedia(ids: readonly string[]): Promise<number>;
  /** Files that were received before a time and still wait; null when there are none, or when one received since is kept. */
  readMediaBacklog(receivedBefore: number): Promise<MediaBacklog | null>;
  /** A file by Meta's id; null when none has it, or when it is forgotten. */
  findMedia(id: string): Promise<MediaFile | null>;
  /** Files in the order in which messages told of them, behind a place; forgotten ones are left out. */
  listMedia(query: {
    after: MediaPlace | null;
    state: MediaState | null;
    limit: number;
  }): Promise<MediaFile[]>;
};

import type { Event, EventKind } from './event.ts';
import type { Failure } from './failure.ts';
import type { Lane } from './lane.ts';
import type { Media } from './message-content/media.ts';
import type { Message, OriginalContent } from './message-content/message.ts';

/**
 * Where the file of a message stands: `waiting` to be fetched from Meta, `kept`, `failed` for good, or `forgotten`,
 * which it is for the short time until its bytes are deleted.
 */
export type MediaState = 'waiting' | 'kept' | 'failed' | 'forgotten';

/** A file that a message named. */
export type NewMediaFile = {
  /** Meta's id, by which the message names it. */
  id: string;
  lane: Lane;
  /** The event that told of it first. */
  position: number;
  /** When that was received, in milliseconds. */
  receivedAt: number;
  /** As the message says it, later as Meta does when it gives the file out. */
  mimeType: string | null;
  /** The name that a document had on the person's device. */
  filename: string | null;
};

/** The same with what became of it. Times in milliseconds. */
export type MediaFile = NewMediaFile & {
  state: MediaState;
  /** SHA-256 of its bytes in hexadecimal digits; null until it is kept. */
  sha256: string | null;
  /** In bytes; null until it is kept. */
  size: number | null;
  /** Why it is not kept, or not yet; null when nothing went wrong. */
  failure: Failure | null;
  tries: number;
  /** When it is tried next; null once it is kept or failed. */
  nextTryAt: number | null;
  /** When it was kept, or given up; null while it waits. */
  endedAt: number | null;
};

/** For how long Meta gives a received file out, in milliseconds (meta-facts §4.2, notes). */
export const GIVEN_OUT_FOR = 7 * 24 * 60 * 60_000;

/** The most that a file may have, in bytes: Meta carries no larger one (meta-facts §4.2, notes; §7.2). */
export const MOST_BYTES = 100 * 1024 * 1024;

/** The kinds of events in which messages with files come. */
export const kindsWithMedia: EventKind[] = ['message', 'echo', 'history', 'standby'];

/** An id that may stand in a path; Meta's have digits alone. */
const mediaId = /^[\w-]{1,128}$/;

/**
 * The files that an event names and that are to be fetched. None of an event about a business phone that is not ours,
 * which has no token for them, and none of Meta's made-up tests, whose files are nowhere.
 */
export function filesOf(event: Event): NewMediaFile[] {
  if (event.foreign || event.metaTest || event.businessPhoneId === null) return [];
  const { lane, position, receivedAt } = event;
  return messagesIn(event).flatMap(({ content }) => {
    const media = mediaIn(content.type === 'edit' ? content.edited : content);
    if (media?.id == null || !mediaId.test(media.id)) return [];
    const { id, mimeType, filename } = media;
    return [{ id, lane, position, receivedAt, mimeType, filename }];
  });
}

function messagesIn({ content }: Event): Message[] {
  if (content === null) return [];
  if ('referral' in content) return [content];
  if ('threads' in content) {
    return content.threads.flatMap(({ messages }) => messages.map(({ message }) => message));
  }
  if ('echo' in content) return [content.echo.message];
  return 'message' in content && content.message !== null && typeof content.message === 'object'
    ? [content.message]
    : [];
}

function mediaIn(content: OriginalContent | null): Media | null {
  return content !== null && 'media' in content ? content.media : null;
}

import { eventId } from '../../domain/event.ts';
import { businessPhoneOf } from '../../domain/lane.ts';
import type { Language } from '../../domain/language.ts';
import type { MediaFile } from '../../domain/media-file.ts';
import type { MediaFileBody } from '../contract/kept-media.ts';
import { failureBody } from './notification.ts';
import { isoTime, isoTimeOrNull } from './time.ts';

/** A file as the API shows it, its failure in a language. */
export function mediaBody(file: MediaFile, language: Language): MediaFileBody {
  const { id, mimeType, filename, size, sha256, tries } = file;
  return {
    id,
    eventId: eventId(file.position),
    businessPhoneId: businessPhoneOf(file.lane),
    // Nobody is shown a forgotten one.
    state: file.state === 'forgotten' ? 'failed' : file.state,
    mimeType,
    filename,
    size,
    sha256,
    failure: failureBody(file.failure, language),
    tries,
    nextTryAt: isoTimeOrNull(file.nextTryAt),
    receivedAt: isoTime(file.receivedAt),
    endedAt: isoTimeOrNull(file.endedAt),
  };
}

import { hash } from 'node:crypto';
import type { Lane } from '../domain/lane.ts';
import { createHmacSha256 } from './hmac-sha256.ts';

/**
 * The frozen identity of events, version 1. The same element must have the same key for ever, however well
 * a later release understands it: nothing here may change, a change is a new version beside this one.
 */
export type EventKeys = {
  /**
   * The key of an element that Meta gave an id: 20 bytes, the time (4 bytes, big-endian seconds; 0 when null
   * or no time at all) and 16 bytes of HMAC-SHA256 over version, lane, array path, element id, name and
   * participant, each behind its length. Time first, so that the unique index grows at its end.
   */
  identified(parts: {
    lane: Lane;
    arrayPath: string;
    elementId: string;
    name: string;
    participant: string;
    seconds: number | null;
  }): Uint8Array;
  /**
   * The key of an element without an id: 20 bytes, the time and 16 bytes over lane, field, time and content.
   * With 0 seconds the content alone tells it from others.
   */
  timed(parts: { lane: Lane; field: string; seconds: number; canonical: string }): Uint8Array;
  /**
   * For a state that comes with neither id nor time: 16 bytes that name what it is the state of. Only the
   * latest of a subject is compared, so that a quality which goes A, B, A is seen three times.
   */
  undatedSubject(parts: { lane: Lane; field: string; subject: string }): Uint8Array;
  /** 16 bytes that stand for a wamid where it must not stand itself: it holds the person's phone number. */
  messageReference(messageId: string): Uint8Array;
  /** 8 bytes that tell two contents apart; keyed, so that erased words cannot be guessed from it. */
  digest(canonical: string): Uint8Array;
};

/** Length in bytes. */
const INSTALLATION_KEY_LENGTH = 32;

const KEY_LENGTH = 20;
const MAX_SECONDS = 2 ** 32 - 1;

/** The key functions of one installation. Throws a RangeError when the installation key is not 32 bytes. */
export function createEventKeys(installationKey: Uint8Array): EventKeys {
  if (installationKey.length !== INSTALLATION_KEY_LENGTH) {
    throw new RangeError(
      `The installation key has ${installationKey.length} bytes instead of ${INSTALLATION_KEY_LENGTH}.`,
    );
  }
  const hmac = createHmacSha256(installationKey);

  /** HMAC-SHA256 over the fields, each as its UTF-8 length in four big-endian bytes and its UTF-8 bytes. */
  function mac(fields: readonly string[]): string {
    let most = 0;
    for (const field of fields) most += 4 + 3 * field.length;
    return hmac.over(most, (room, start) => {
      let end = start;
      for (const field of fields) {
        const length = room.write(field, end + 4);
        room.writeUInt32BE(length, end);
        end += 4 + length;
      }
      return end;
    });
  }

  const digestSecret = Buffer.from(mac(['1:digest']), 'latin1').toString('hex');

  return {
    identified: ({ lane, arrayPath, elementId, name, participant, seconds }) =>
      timeFirst(seconds ?? 0, mac(['1', lane, arrayPath, elementId, name, participant])),
    timed: ({ lane, field, seconds, canonical }) =>
      timeFirst(seconds, mac(['1:timed', lane, field, String(seconds), canonical])),
    undatedSubject: ({ lane, field, subject }) => bytesOf(mac(['1:undated', lane, field, subject]), 0, 16),
    messageReference: (messageId) => bytesOf(mac(['1:message', messageId]), 0, 16),
    digest: (canonical) => bytesOf(hash('sha256', digestSecret + canonical, 'binary'), 0, 8),
  };
}

function timeFirst(seconds: number, mac: string): Uint8Array {
  const key = bytesOf(mac, 4, KEY_LENGTH);
  const prefix = seconds >= 0 && seconds <= MAX_SECONDS ? seconds : 0;
  key[0] = prefix >>> 24;
  key[1] = prefix >>> 16;
  key[2] = prefix >>> 8;
  key[3] = prefix;
  return key;
}

/**
 * The first bytes of a hash behind a gap. Never a slice of Node's shared pool: what crosses to another
 * thread is copied with all the memory that it is a view of.
 */
function bytesOf(binary: string, gap: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let index = gap; index < length; index++) bytes[index] = binary.charCodeAt(index - gap);
  return bytes;
}

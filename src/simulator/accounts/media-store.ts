import { createHash } from 'node:crypto';
import type { Clock } from '../../runtime/clock.ts';
import type { SeededRandom } from '../seeded-random.ts';

/** How long media is kept, in milliseconds (meta-facts §4.2, §9). */
const UPLOADED_LIFETIME = 30 * 24 * 60 * 60 * 1000;
const RECEIVED_LIFETIME = 7 * 24 * 60 * 60 * 1000;

/** How long an address of media can be fetched, in milliseconds (meta-facts §7.2). */
const URL_LIFETIME = 5 * 60 * 1000;

/** A file that was uploaded by the business, or sent by a person. */
export type StoredMedia = {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly mimeType: string;
  /** Of the bytes, in hex. */
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  /** The id of the business phone that uploaded or received it. */
  readonly phoneNumberId: string;
  readonly origin: 'uploaded' | 'received';
  /** In milliseconds. */
  readonly expiresAt: number;
};

/** Meta's media, in memory. */
export type MediaStore = {
  /** @param media.owner whose media it is: the business phone, and how it got it; `uploaded` unless said otherwise */
  put(media: {
    bytes: Uint8Array;
    mimeType: string;
    owner: { phoneNumberId: string; origin?: 'uploaded' | 'received' };
  }): StoredMedia;
  /** Null for an id that never was, is too old, or was deleted. */
  find(id: string): StoredMedia | null;
  delete(id: string): boolean;
  /** A new address of the media, of five minutes: path and query below the Graph API. */
  address(media: StoredMedia): string;
  /** The media behind such an address; null when it is wrong or too old. */
  atAddress(path: string): StoredMedia | null;
};

/** An empty store. Lifetimes are of simulated time. */
export function createMediaStore(clock: Clock, random: SeededRandom): MediaStore {
  const files = new Map<string, StoredMedia>();
  const addresses = new Map<string, { id: string; until: number }>();

  function find(id: string): StoredMedia | null {
    const media = files.get(id);
    if (media === undefined) return null;
    if (clock.now() < media.expiresAt) return media;
    files.delete(id);
    return null;
  }

  return {
    put({ bytes, mimeType, owner }) {
      const origin = owner.origin ?? 'uploaded';
      const lifetime = origin === 'uploaded' ? UPLOADED_LIFETIME : RECEIVED_LIFETIME;
      // Digits only, like Meta's, and no leading zero.
      const id = `1${Array.from({ length: 15 }, () => random.integer(10)).join('')}`;
      const media: StoredMedia = {
        id,
        bytes,
        mimeType,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        size: bytes.byteLength,
        phoneNumberId: owner.phoneNumberId,
        origin,
        expiresAt: clock.now() + lifetime,
      };
      files.set(id, media);
      return media;
    },
    find,
    delete: (id) => find(id) !== null && files.delete(id),
    address(media) {
      const now = clock.now();
      for (const [path, { until }] of addresses) if (until <= now) addresses.delete(path);
      const path = `/whatsapp_business/attachments/?mid=${media.id}&hash=${random.hex(32)}`;
      addresses.set(path, { id: media.id, until: now + URL_LIFETIME });
      return path;
    },
    atAddress(path) {
      const known = addresses.get(path);
      return known === undefined || clock.now() >= known.until ? null : find(known.id);
    },
  };
}

/** A file that was given to Meta, to be sent by its id. Times in milliseconds. */
export type Upload = {
  /** Meta's id. */
  id: string;
  /** The business phone whose file it is, by Meta's `phone_number_id`; another one cannot send it. */
  businessPhoneId: string;
  mimeType: string;
  /** SHA-256 of its bytes in hexadecimal digits. */
  sha256: string;
  /** In bytes. */
  size: number;
  uploadedAt: number;
  /** Until when Meta keeps it. */
  expiresAt: number;
};

/** For how long Meta keeps an uploaded file, in milliseconds (meta-facts §4.2, notes). */
export const UPLOAD_KEPT_FOR = 30 * 24 * 60 * 60_000;

/**
 * How long before its end an upload is not used again, in milliseconds: a message with it may wait for a day before it
 * goes.
 */
export const UPLOAD_MARGIN = 2 * 24 * 60 * 60_000;

/** What Meta counts a file as. */
export type FileKind = 'image' | 'audio' | 'video' | 'document' | 'static sticker' | 'animated sticker';

const KB = 1024;
const MB = 1024 * KB;

/** The largest file of each kind, in bytes (meta-facts §7.2). */
export const uploadLimits: Readonly<Record<FileKind, number>> = {
  image: 5 * MB,
  audio: 16 * MB,
  video: 16 * MB,
  document: 100 * MB,
  'static sticker': 100 * KB,
  'animated sticker': 500 * KB,
};

/** How many of its first bytes `fileKind` has to see. */
export const KIND_BYTES = 21;

/**
 * What Meta counts a file as: by its type, and of a WebP picture, which WhatsApp shows as a sticker, by whether it
 * moves.
 *
 * @param beginning its first bytes, `KIND_BYTES` of them where it has so many
 */
export function fileKind(mimeType: string, beginning: Uint8Array): FileKind {
  const [bare = ''] = mimeType.split(';');
  if (bare.trim() === 'image/webp') return isAnimated(beginning) ? 'animated sticker' : 'static sticker';
  const family = bare.split('/')[0];
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'document';
}

/** The flag of animation in the extended header of WebP: `RIFF`, four bytes, `WEBPVP8X`, four bytes, flags. */
function isAnimated(beginning: Uint8Array): boolean {
  const header = String.fromCharCode(...beginning.subarray(0, 16));
  const isExtended = header.startsWith('RIFF') && header.endsWith('WEBPVP8X');
  return isExtended && ((beginning[20] ?? 0) & 0b10) !== 0;
}

/** Bytes as people say them, such as `5 MB`. */
export function sizeInWords(bytes: number): string {
  if (bytes < MB) return `${Math.ceil((bytes / KB) * 10) / 10} KB`;
  return `${Math.ceil((bytes / MB) * 10) / 10} MB`;
}

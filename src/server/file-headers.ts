/**
 * The types under which files of strangers are given out: what WhatsApp carries and no browser runs. Everything else,
 * such as HTML or SVG, is given out as bytes without a meaning.
 */
const harmlessTypes = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'video/mp4',
  'video/3gpp',
  'audio/aac',
  'audio/amr',
  'audio/mpeg',
  'audio/mp4',
  'audio/ogg',
  'application/pdf',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.ms-powerpoint',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'text/plain',
  'text/csv',
]);

/** The content type for a file of somebody else's, without whatever parameters it came with. */
export function safeContentType(mimeType: string | null): string {
  const bare = mimeType?.split(';')[0]?.trim().toLowerCase() ?? '';
  return harmlessTypes.has(bare) ? bare : 'application/octet-stream';
}

/**
 * Has a browser save a file instead of showing it (RFC 6266), under the name that it came with: no folders, no
 * control characters.
 */
export function attachment(filename: string | null): string {
  const name = (filename ?? '')
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\\/]/gu, '_')
    .replace(/^\.+/, '_')
    .slice(0, 200)
    .toWellFormed();
  if (name === '') return 'attachment';
  const ascii = name.replaceAll(/[^\x20-\x7e]|["%]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (character) => percent(character));
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/**
 * The part of a file that a header `Range` asks for (RFC 9110 §14.2), both ends included; null for all of it, which is
 * also the answer to several parts and to what cannot be had.
 */
export function partOf(range: string | undefined, size: number): { first: number; last: number } | null {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '') ?? [];
  if (from === '' && to === '') return null;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return first <= last ? { first, last } : null;
}

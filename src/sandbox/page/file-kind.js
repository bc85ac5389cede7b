// @ts-check

/** What WhatsApp makes of a file of this type. @param {string} mimeType */
export function kindOf(mimeType) {
  if (mimeType === 'image/webp') return 'sticker';
  if (mimeType.startsWith('audio/ogg')) return 'voice';
  const family = mimeType.split('/')[0];
  return family === 'image' || family === 'video' || family === 'audio' ? family : 'document';
}

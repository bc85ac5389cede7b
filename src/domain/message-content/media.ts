/**
 * A file that came with a message. Meta keeps it for 7 days under its id; the address needs the access token
 * and works for 5 minutes after it was asked for (meta-facts §4.2, notes). Every part may be missing.
 */
export type Media = {
  /** What Meta gives the file out for. */
  id: string | null;
  /** Where it lies at Meta; in webhooks since November 2025. */
  url: string | null;
  /** Such as `image/jpeg` or `audio/ogg; codecs=opus`. */
  mimeType: string | null;
  /** SHA-256 of its bytes, in base64. */
  sha256: string | null;
  /** The words that the person wrote under it. */
  caption: string | null;
  /** The name that a document had on the person's device. */
  filename: string | null;
};

/** A picture. */
type ImageContent = { type: 'image'; media: Media };

/** A film. */
type VideoContent = { type: 'video'; media: Media };

/** Sound. */
type AudioContent = {
  type: 'audio';
  media: Media;
  /** True for one recorded in WhatsApp; false for a file that was sent. */
  voice: boolean;
};

/** Any other file. */
type DocumentContent = { type: 'document'; media: Media };

/** A sticker. */
type StickerContent = { type: 'sticker'; media: Media; animated: boolean };

/** A file of which Meta says only that there was one. Seen in history. */
type MediaPlaceholderContent = { type: 'media-placeholder' };

/** A message with a file, or with the gap that a file left. */
export type MediaContent =
  | ImageContent
  | VideoContent
  | AudioContent
  | DocumentContent
  | StickerContent
  | MediaPlaceholderContent;

import { type GraphProblem, problem } from '../graph/graph-error.ts';
import { sizeLimits } from '../graph/media.ts';
import type { PhoneHeader, PhoneMedia } from '../people/phone-content.ts';
import type { MediaType } from './media-parameters.ts';
import { invalidValue } from './parameter-problem.ts';
import type { SendContent } from './send-content.ts';
import type { SendSituation } from './send-situation.ts';

/** What the MIME type of a file begins with that is sent as a type; meta-facts has no finer list. */
const mimeTypes: Readonly<Record<MediaType, string>> = {
  image: 'image/',
  video: 'video/',
  audio: 'audio/',
  document: '',
  sticker: 'image/webp',
};

/** The largest sticker that does not move, in bytes (meta-facts §7.2). */
const STILL_STICKER_MOST = 100 * 1024;

type Found = { media: PhoneMedia; animated: boolean } | { refusal: GraphProblem };

/**
 * Looks for the file that a message names: an id must be one of this phone's, and of the right kind and size; a link
 * must lead somewhere (meta-facts §5 row 131053).
 */
function findMedia(type: MediaType, named: PhoneMedia, situation: SendSituation): Found {
  if (named.id === null) {
    const fails = named.url !== null && situation.conditions.linkFails(named.url);
    if (fails) return { refusal: problem(131053, 'The file behind the link could not be downloaded.') };
    return { media: named, animated: false };
  }
  const stored = situation.findMedia(named.id);
  if (stored === null || stored.phoneNumberId !== situation.phone.phoneNumberId) {
    const sentence = `Param ${type}['id'] is not the id of media that this number has uploaded.`;
    return { refusal: invalidValue(sentence, situation.questions) };
  }
  if (!stored.mimeType.startsWith(mimeTypes[type])) {
    return { refusal: problem(131053, `A file of the type ${stored.mimeType} cannot be sent as ${type}.`) };
  }
  const animated = type === 'sticker' && isAnimated(stored.bytes);
  const most = type === 'sticker' && !animated ? STILL_STICKER_MOST : sizeLimits[type];
  if (stored.size > most) {
    return {
      refusal: problem(131053, `A file sent as ${type} may have ${most} bytes; found ${stored.size}.`),
    };
  }
  const sha256 = Buffer.from(stored.sha256, 'hex').toString('base64');
  return { media: { id: stored.id, url: null, mimeType: stored.mimeType, sha256 }, animated };
}

/** A WebP file says so in the flags of its extended header. */
function isAnimated(bytes: Uint8Array): boolean {
  const extended = Buffer.from(bytes.subarray(12, 16)).toString('latin1') === 'VP8X';
  return extended && ((bytes[20] ?? 0) & 0x02) !== 0;
}

/** The content with its file, and what is wrong with that; then it stays as it was named. */
export function withMedia<Content extends Exclude<SendContent, { kind: 'template' }>>(
  content: Content,
  situation: SendSituation,
): { content: Content; problem: GraphProblem | null } {
  switch (content.kind) {
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker': {
      const found = findMedia(content.kind, content.media, situation);
      if ('refusal' in found) return { content, problem: found.refusal };
      const { media, animated } = found;
      return {
        content: { ...content, media, ...(content.kind === 'sticker' && { animated }) },
        problem: null,
      };
    }
    case 'interactive': {
      const { header, problem: wrong } = headerWithMedia(content.header, situation);
      return { content: { ...content, header }, problem: wrong };
    }
    default:
      return { content, problem: null };
  }
}

/** The same for what stands above the words of a message. */
export function headerWithMedia(
  header: PhoneHeader | null,
  situation: SendSituation,
): { header: PhoneHeader | null; problem: GraphProblem | null } {
  if (header === null || header.kind === 'text' || header.kind === 'location') {
    return { header, problem: null };
  }
  const found = findMedia(header.kind, header.media, situation);
  if ('refusal' in found) return { header, problem: found.refusal };
  return { header: { ...header, media: found.media }, problem: null };
}

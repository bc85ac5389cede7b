// @ts-check
import { element } from './dom.js';
import { texts } from './texts.js';

/** @import { PhoneContent, PhoneHeader, PhoneMedia } from '../../simulator/people/phone-content.ts' */

/**
 * What stands in a bubble above its buttons. Files come from the sandbox's memory, never from an address that
 * somebody else has chosen.
 *
 * @param {PhoneContent} content
 * @param {string} words what it says in words, for what has no picture of its own
 * @returns {HTMLElement[]}
 */
export function drawContent(content, words) {
  switch (content.kind) {
    case 'image':
    case 'video':
      return [file(content.kind, content.media), ...optional(content.caption)];
    case 'sticker':
      return [file('sticker', content.media)];
    case 'audio':
      return [
        ...(content.voice ? [mark(texts.contentMarks.voice)] : []),
        file(content.voice ? 'voice' : 'audio', content.media),
      ];
    case 'document':
      return [documentCard(content.media, content.filename), ...optional(content.caption)];
    case 'location':
      return [place(content)];
    case 'contacts':
      return content.cards.map(contactCard);
    case 'template':
      return [
        mark(texts.templateMark),
        ...header(content.header),
        paragraph(content.body),
        ...footer(content.footer),
      ];
    case 'interactive':
      return [
        ...header(content.header),
        ...optional(content.body),
        ...(content.choices.length === 0 && content.button === null ? [mark(`[${content.type}]`)] : []),
        ...footer(content.footer),
      ];
    case 'list-reply':
      return [paragraph(words), ...footer(content.description)];
    case 'order':
    case 'unsupported':
    case 'invented':
    case 'request-welcome':
    case 'revoke':
    case 'call-permission-reply':
    case 'form-reply':
      return [mark(texts.contentMarks[content.kind]), paragraph(words)];
    case 'reaction':
      return [paragraph(texts.reactedWith(content.emoji ?? '—'))];
    default:
      return [paragraph(words)];
  }
}

/** @param {string} words */
function paragraph(words) {
  return element('p', { class: 'bubble-text', dir: 'auto' }, words);
}

/** @param {string | null} words */
function optional(words) {
  return words === null || words === '' ? [] : [paragraph(words)];
}

/** @param {string} words */
function mark(words) {
  return element('span', { class: 'bubble-mark' }, words);
}

/** @param {string | null} words */
function footer(words) {
  return words === null ? [] : [element('p', { class: 'bubble-footer', dir: 'auto' }, words)];
}

/** @param {PhoneHeader | null} top */
function header(top) {
  if (top === null) return [];
  if (top.kind === 'text') return [element('p', { class: 'bubble-header', dir: 'auto' }, top.text)];
  if (top.kind === 'location') return [place(top)];
  return [top.kind === 'document' ? documentCard(top.media, top.filename) : file(top.kind, top.media)];
}

/** Where the sandbox has the bytes; null for what lies elsewhere. @param {PhoneMedia} media */
function addressOf(media) {
  return media.id === null ? null : `/sandbox/media/${encodeURIComponent(media.id)}`;
}

/**
 * @param {'image' | 'video' | 'sticker' | 'audio' | 'voice'} kind
 * @param {PhoneMedia} media
 */
function file(kind, media) {
  const src = addressOf(media);
  if (src === null) return elsewhere(kind, media);
  const label = texts.fileNames[kind];
  const tag = kind === 'video' ? 'video' : kind === 'audio' || kind === 'voice' ? 'audio' : 'img';
  const shown =
    tag === 'img'
      ? element('img', { class: `bubble-${kind}`, alt: label, src })
      : element(tag, {
          class: `bubble-${tag}`,
          'aria-label': label,
          controls: true,
          preload: 'metadata',
          src,
        });
  shown.addEventListener('error', () => shown.replaceWith(missing(label)), { once: true });
  return shown;
}

/** @param {string} label */
function missing(label) {
  return element('p', { class: 'bubble-away' }, texts.fileGone(label));
}

/**
 * A file that the business sent by a link. Nothing leaves this machine, so it is named and not fetched.
 *
 * @param {keyof typeof texts.fileNames} kind
 * @param {PhoneMedia} media
 */
function elsewhere(kind, media) {
  const address = media.url !== null && URL.canParse(media.url) ? new URL(media.url).host : '?';
  return element('p', { class: 'bubble-away' }, texts.fileElsewhere(texts.fileNames[kind], address));
}

/**
 * @param {PhoneMedia} media
 * @param {string | null} filename
 */
function documentCard(media, filename) {
  const address = addressOf(media);
  if (address === null) return elsewhere('document', media);
  const name = filename ?? texts.fileNames.document;
  return element(
    'a',
    { class: 'bubble-card', href: address, download: name },
    element('span', { class: 'card-sign', 'aria-hidden': 'true' }, '📄'),
    element(
      'span',
      { class: 'card-words' },
      element('strong', { dir: 'auto' }, name),
      element('span', {}, media.mimeType ?? ''),
    ),
  );
}

/** A place, drawn: a map would be fetched from elsewhere. @param {{ latitude: number, longitude: number, name: string | null, address: string | null }} where */
function place({ latitude, longitude, name, address }) {
  return element(
    'div',
    { class: 'bubble-place' },
    element('div', { class: 'place-map', 'aria-hidden': 'true' }, '📍'),
    element(
      'p',
      { class: 'card-words' },
      element('strong', { dir: 'auto' }, name ?? texts.contentMarks.location),
      ...(address === null ? [] : [element('span', { dir: 'auto' }, address)]),
      element('span', {}, `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`),
    ),
  );
}

/** @param {{ name: string, company: string | null, phones: readonly { number: string }[] }} card */
function contactCard({ name, company, phones }) {
  return element(
    'div',
    { class: 'bubble-card' },
    element('span', { class: 'card-sign', 'aria-hidden': 'true' }, '👤'),
    element(
      'p',
      { class: 'card-words' },
      element('strong', { dir: 'auto' }, name),
      ...[company, ...phones.map(({ number }) => number)]
        .filter((line) => line !== null)
        .map((line) => element('span', { dir: 'auto' }, line)),
    ),
  );
}

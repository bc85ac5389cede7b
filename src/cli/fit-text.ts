import { printable } from '../adapters/telemetry/printable.ts';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Characters that take two columns of a terminal: East Asian ones and pictures. */
const wide =
  /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Marks that take no column of their own. */
const nothing = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

function columnsOf(grapheme: string): number {
  if (nothing.test(grapheme)) return 0;
  return wide.test(grapheme) ? 2 : 1;
}

/** How many columns of a terminal a text takes. */
export function textWidth(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += columnsOf(segment);
  return width;
}

/**
 * A stranger's text in at most so many columns: what could mislead is escaped first, and what is left out is
 * replaced by `…`, between whole characters as a person sees them.
 */
export function fitText(text: string, columns: number): string {
  const safe = printable(text);
  if (textWidth(safe) <= columns) return safe;
  let fitted = '';
  let width = 0;
  for (const { segment } of graphemes.segment(safe)) {
    const next = width + columnsOf(segment);
    if (next > columns - 1) break;
    fitted += segment;
    width = next;
  }
  return `${fitted}…`;
}

/** The same, filled up with spaces to exactly so many columns. */
export function cellText(text: string, columns: number): string {
  const fitted = fitText(text, columns);
  return fitted + ' '.repeat(columns - textWidth(fitted));
}

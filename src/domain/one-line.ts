/**
 * A text from outside as one line: line ends and other control characters become spaces, marks that turn the
 * direction of writing are left out, and what is too long is cut.
 *
 * @param longest in characters
 */
export function oneLine(text: string, longest: number): string {
  // Far more than is kept, so that a text of megabytes costs no more than a short one.
  const line = text
    .slice(0, 8 * longest)
    .toWellFormed()
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  const characters = Array.from(line);
  const isCut = characters.length > longest || text.length > 8 * longest;
  return isCut ? `${characters.slice(0, longest - 1).join('')}…` : line;
}

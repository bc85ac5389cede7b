/**
 * Everything that could break out of a line or mislead its reader: control characters (line ends and ESC among
 * them), the Unicode line and paragraph separators, marks that turn the direction of writing, and halves of
 * surrogate pairs.
 */
const misleading =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/gu;

const shortForms: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text as one line that a terminal shows as it is: what could mislead is written as `\n` or `\u001b`. */
export function printable(text: string): string {
  return text.replace(misleading, (character) => shortForms[character] ?? escaped(character));
}

/** The JSON text of a line with the same characters escaped inside its strings: still the same JSON. */
export function printableJson(json: string): string {
  return json.replace(misleading, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

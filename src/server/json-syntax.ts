/** Where a text stops being JSON. Line and column count from 1, the column in characters. */
export type SyntaxPosition = { line: number; column: number; expected: string };

type Frame = 'array' | 'object';

const space = /[ \t\n\r]*/y;
const text = /"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*"/y;
const scalar = new RegExp(
  `${text.source}|-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|true|false|null`,
  'y',
);

/**
 * Finds the first place at which a text is not JSON, or null when it is JSON. The engine's own message
 * names no position for short texts, and quotes the text, which may be personal.
 */
export function findSyntaxError(source: string): SyntaxPosition | null {
  const open: Frame[] = [];
  let at = 0;

  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(source)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const take = (character: string): boolean => {
    skip(space);
    if (source[at] !== character) return false;
    at += 1;
    return true;
  };
  const member = (): string | null => {
    skip(space);
    if (!skip(text)) return 'a member’s name in double quotes';
    return take(':') ? null : 'a colon';
  };

  for (;;) {
    let complete = true;
    if (take('{')) {
      if (!take('}')) {
        const missing = member();
        if (missing !== null) return positionOf(source, at, missing);
        open.push('object');
        complete = false;
      }
    } else if (take('[')) {
      if (!take(']')) {
        open.push('array');
        complete = false;
      }
    } else if (!skip(scalar)) {
      return positionOf(source, at, 'a value');
    }
    while (complete) {
      const frame = open.at(-1);
      if (frame === undefined) {
        skip(space);
        return at === source.length ? null : positionOf(source, at, 'the end of the body');
      }
      if (take(',')) {
        const missing = frame === 'object' ? member() : null;
        if (missing !== null) return positionOf(source, at, missing);
        complete = false;
      } else if (take(frame === 'object' ? '}' : ']')) {
        open.pop();
      } else {
        return positionOf(source, at, frame === 'object' ? 'a comma or }' : 'a comma or ]');
      }
    }
  }
}

function positionOf(source: string, at: number, expected: string): SyntaxPosition {
  const before = source.slice(0, at);
  const lastBreak = before.lastIndexOf('\n');
  return {
    line: before.split('\n').length,
    column: [...before.slice(lastBreak + 1)].length + 1,
    expected,
  };
}

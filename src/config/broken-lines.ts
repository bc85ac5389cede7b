import type { Mistake } from './mistake.ts';
import { settingNamed } from './settings.ts';

/** What is wrong with the lines of a `.env` file. A quote that is not closed hides what follows, so it is a mistake. */
export type BrokenLines = { mistakes: Mistake[]; warnings: string[] };

/** A line that sets a value, as `parseEnv` of Node reads it. */
const assignment = /^\s*(?:export\s+)?([^\s=#]+)\s*=[^\S\n]*(.*)$/;

/**
 * Finds the lines of `.env` that are read otherwise than they look, or not at all: a quote that its line does not
 * close, a line that sets nothing, a name that is set twice to different values. A text of several lines in quotes is
 * fine, unless it is for a setting of ours or swallows one. No value is repeated, because it may be a secret.
 */
export function brokenLines(text: string): BrokenLines {
  const found: BrokenLines = { mistakes: [], warnings: [] };
  const seen = new Map<string, { number: number; value: string }>();
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (/^\s*(#|$)/.test(line)) continue;
    const number = index + 1;
    const [, name, rest = ''] = assignment.exec(line) ?? [];
    if (name === undefined) {
      found.warnings.push(
        `Line ${number} of .env sets nothing and is not read. Write NAME=value, or # in front of a remark.`,
      );
      continue;
    }
    const last = lastLineOf(lines, index, rest);
    if (last === null || (last > index && hidesSetting(name, lines.slice(index + 1, last + 1)))) {
      found.mistakes.push(quoteLeftOpen(name, number, rest));
      continue;
    }
    const value = [rest, ...lines.slice(index + 1, last + 1)].join('\n').trim();
    const earlier = seen.get(name);
    if (earlier !== undefined && earlier.value !== value) {
      found.warnings.push(
        `${name} is set twice in .env, in lines ${earlier.number} and ${number}, to different values; the last one counts. Remove the other.`,
      );
    }
    seen.set(name, { number, value });
    index = last;
  }
  return found;
}

/** The index of the line in which a value ends; null when it opens a quote that is never closed. */
function lastLineOf(lines: readonly string[], index: number, rest: string): number | null {
  const quote = rest[0];
  if (quote !== '"' && quote !== "'" && quote !== '`') return index;
  if (rest.includes(quote, 1)) return index;
  const closing = lines.findIndex((line, other) => other > index && line.includes(quote));
  return closing === -1 ? null : closing;
}

/** Whether a text of several lines is for a setting of ours, none of which has any, or holds a line that sets one. */
function hidesSetting(name: string, swallowed: readonly string[]): boolean {
  return [name, ...swallowed.map((line) => assignment.exec(line)?.[1] ?? '')].some(
    (each) => settingNamed(each.replace(/_FILE$/, '')) !== null,
  );
}

function quoteLeftOpen(name: string, number: number, rest: string): Mistake {
  return {
    setting: name,
    source: `line ${number} of .env`,
    found: `a quote (${rest[0]}) that this line does not close`,
    expected: 'the same quote at the end of the value',
    next: 'Close it in the same line, or remove it.',
  };
}

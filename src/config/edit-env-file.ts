import { parseEnvText } from './parse-env-text.ts';

/** A `.env` file after an edit. */
export type EditedEnvFile = {
  text: string;
  /** Names whose value was written, in the order given. */
  written: string[];
  /** Names that had a value already, which stands. */
  kept: string[];
};

/** A value that cannot be written into this `.env` file such that everything in it reads as before. */
export class EnvFileError extends Error {
  override name = 'EnvFileError';
}

/**
 * Writes values into the text of a `.env` file and leaves everything else alone: lines, comments, order, line
 * ends. A value that is there stays, unless its name is in `replace`; where NAME_FILE is set, NAME is never
 * written. An empty `NAME=` is filled where it stands, a new name goes to the end.
 *
 * Every step is proved by reading the result back, because a name may also occur inside somebody's quoted text.
 *
 * @throws EnvFileError when a value cannot be written, for example because a quote is never closed
 */
export function editEnvFile(
  text: string,
  values: Readonly<Record<string, string>>,
  replace: readonly string[] = [],
): EditedEnvFile {
  const edited: EditedEnvFile = { text, written: [], kept: [] };
  for (const [name, value] of Object.entries(values)) {
    const before = parseEnvText(edited.text);
    const stands = isSet(before, name) && !replace.includes(name);
    if (before[name] === value || stands || isSet(before, `${name}_FILE`)) {
      edited.kept.push(name);
      continue;
    }
    edited.text = withValue(edited.text, before, name, value);
    edited.written.push(name);
  }
  return edited;
}

/** True when the name has a value: neither absent nor empty. */
function isSet(values: Readonly<Record<string, string>>, name: string): boolean {
  return (values[name] ?? '') !== '';
}

function withValue(text: string, before: Record<string, string>, name: string, value: string): string {
  const expected = { ...before, [name]: value };
  const written = quoteEnvValue(value);
  for (const candidate of [inPlace(text, name, written), atTheEnd(text, `${name}=${written}`)]) {
    if (candidate !== null && sameValues(parseEnvText(candidate), expected)) return candidate;
  }
  throw new EnvFileError(`${name} cannot be added: a line of the file opens a quote that is never closed.`);
}

/** The text with the last line that sets the name set anew, its indentation and comment kept; null without one. */
function inPlace(text: string, name: string, written: string): string | null {
  const pattern = new RegExp(`^([^\\S\\n]*(?:export[^\\S\\n]+)?)${name}[^\\S\\n]*=(.*)$`, 'gm');
  const last = [...text.matchAll(pattern)].at(-1);
  if (last === undefined) return null;
  const [line, indentation = '', rest = ''] = last;
  const comment = /^(?:\s*"[^"]*"|\s*'[^']*'|\s*`[^`]*`|[^#]*?)(\s*#.*?)?(\r?)$/.exec(rest);
  const renewed = `${indentation}${name}=${written}${comment?.[1] ?? ''}${comment?.[2] ?? ''}`;
  return text.slice(0, last.index) + renewed + text.slice(last.index + line.length);
}

function atTheEnd(text: string, line: string): string {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const complete = text === '' || text.endsWith('\n') ? text : text + lineEnd;
  return complete + line + lineEnd;
}

/** The value as `.env` text that reads back as the same value, quoted only when it must be. */
export function quoteEnvValue(value: string): string {
  const forms = [value, `'${value}'`, `"${value}"`, `\`${value}\``];
  const plain = /^[\w.,:;/@%+=~|!*()-]*$/.test(value);
  const form = forms.slice(plain ? 0 : 1).find((candidate) => parseEnvText(`A=${candidate}\n`).A === value);
  if (form === undefined)
    throw new EnvFileError('The value has line ends or all kinds of quotes, which .env cannot hold.');
  return form;
}

function sameValues(first: Record<string, string>, second: Record<string, string>): boolean {
  const names = Object.keys(first);
  return names.length === Object.keys(second).length && names.every((name) => first[name] === second[name]);
}

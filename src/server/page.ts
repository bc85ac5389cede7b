import { eventPosition } from '../domain/event.ts';
import { ProblemError, problemOf } from './problem.ts';

/**
 * Reads one page of a list: one row more than asked for, which tells whether there is a next page.
 *
 * @param read reads at most so many rows, ascending
 * @param cursorOf what a reader gives as `after` to go on behind a row
 */
export async function readPage<Row>(
  limit: number,
  read: (limit: number) => Promise<Row[]>,
  cursorOf: (row: Row) => string,
): Promise<{ rows: Row[]; next: string | null }> {
  const found = await read(limit + 1);
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last !== undefined ? cursorOf(last) : null };
}

const idPattern = /^[a-z]{2}_[0-9a-z]{16}$/;

/** True for a text that can be the id of a thing with this prefix, such as `nt`. */
export function looksLikeId(prefix: string, text: string): boolean {
  return text.startsWith(`${prefix}_`) && idPattern.test(text);
}

/** The id after which a list begins, or null for its start. Throws ProblemError for anything else. */
export function idCursor(prefix: string, after: string | undefined): string | null {
  if (after === undefined) return null;
  if (looksLikeId(prefix, after)) return after;
  throw cursorInvalid(`\`after\` must be an id that begins with \`${prefix}_\`.`);
}

/** The position behind an event id, or null when none is given. Throws ProblemError for anything else. */
export function eventCursor(name: string, after: string | undefined): number | null {
  if (after === undefined) return null;
  const position = eventPosition(after);
  if (position !== null) return position;
  throw cursorInvalid(`\`${name}\` must be the id of an event: \`ev_\` and ten digits or small letters.`);
}

function cursorInvalid(detail: string): ProblemError {
  return new ProblemError(problemOf('cursor-invalid', { detail }));
}

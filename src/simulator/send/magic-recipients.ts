import type { CatalogueEntry } from '../../whatsapp/error-catalogue/entry.ts';
import { errorFamilies } from '../../whatsapp/error-catalogue.ts';
import { titleOf } from '../graph/graph-error.ts';
import { type Telling, usualTelling } from './told-by.ts';

/** A number to which every send fails with a code of Meta's, as a payment provider's test cards do. */
export type MagicRecipient = {
  /** As it is written in `to`. */
  number: string;
  code: number;
  /** As the answer or the status has it. */
  title: string;
  /** At once, or by a `failed` status. */
  toldBy: Telling;
};

/**
 * What magic numbers begin with. +1 000 is an area that the numbering plan cannot give to anybody, since area codes
 * there begin with 2 to 9: so the numbers belong to no person and to no ordinary test, and still look possible to
 * whatever checks numbers on the way. That is why they are magic unless somebody turns them off.
 */
const MAGIC_BEGINNING = '1000000';

/** Every magic recipient: the last four digits are those of the code, `…3010` for 133010 and `…0368` for 368. */
export const magicRecipients: readonly MagicRecipient[] = errorFamilies
  .flatMap((family) => family.entries)
  .filter(meetsSends)
  .map(({ code }) => ({
    number: `+${MAGIC_BEGINNING}${lastDigits(code)}`,
    code,
    title: titleOf(code),
    toldBy: usualTelling(code),
  }));

const codes = new Map(magicRecipients.map(({ number, code }) => [number.slice(1), code]));

/** The code that a send to this number fails with; null for a number that is not magic. */
export function magicCode(digits: string): number | null {
  return codes.get(digits) ?? null;
}

/** Whether a number begins and is as long as magic ones, whatever it ends in. */
export function looksMagic(digits: string): boolean {
  return digits.startsWith(MAGIC_BEGINNING) && digits.length === MAGIC_BEGINNING.length + 4;
}

/** Also what Meta says to other calls, where it has a title for it, so that the whole catalogue can be had. Codes of more than six digits are left out: their ends are those of others. */
function meetsSends({ code, title, appears }: CatalogueEntry): boolean {
  if (code >= 1_000_000) return false;
  if (appears.some((where) => where === 'answer' || where === 'failed-status')) return true;
  return title !== null && appears.includes('management-call');
}

function lastDigits(code: number): string {
  return String(code).slice(-4).padStart(4, '0');
}

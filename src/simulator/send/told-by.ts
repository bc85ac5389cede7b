import { entryOfMetaCode } from '../../whatsapp/error-catalogue.ts';
import type { OpenQuestions } from '../open-questions.ts';

/** How Meta says that a send failed: at once by an error, or by a `failed` status after a 200. */
export type Telling = 'answer' | 'status';

/** How Meta usually tells this code: as the error catalogue has it first; at once where it knows nothing. */
export function usualTelling(code: number): Telling {
  const appears = entryOfMetaCode(code)?.appears ?? [];
  const first = appears.find((where) => where === 'answer' || where === 'failed-status');
  return first === 'failed-status' ? 'status' : 'answer';
}

/** How this simulator tells a code. */
export function tellingOf(code: number, { toldBy }: Pick<OpenQuestions, 'toldBy'>): Telling {
  return toldBy[code] ?? usualTelling(code);
}

import { z } from 'zod';
import type { CheckName } from '../domain/check.ts';
import type { Json } from '../domain/json.ts';
import { explainError } from '../whatsapp/explain-error.ts';

/** An error that an event carries, as the catalogue explains it. */
export type ErrorInEvent = { metaCode: number; meaning: string; cure: string; check: CheckName | null };

const oneError = z.looseObject({ code: z.number().nullable() });
const errorsInContent = z.looseObject({ errors: z.array(oneError) });

/**
 * Meta's errors in what an event says (a failed status, a call, a group's change, an error by itself), explained.
 * One without a number of Meta's explains itself and is left out.
 */
export function errorsInEvent(kind: string, content: Json | undefined): ErrorInEvent[] {
  return codesIn(kind, content).flatMap((metaCode) => {
    const explained = explainError(String(metaCode), 'en');
    if (explained === null) return [];
    const { meaning, steps, check } = explained;
    return [{ metaCode, meaning, cure: steps.join(' '), check }];
  });
}

function codesIn(kind: string, content: Json | undefined): number[] {
  const list = errorsInContent.safeParse(content);
  const alone = kind === 'error' ? oneError.safeParse(content) : null;
  const errors = [...(list.success ? list.data.errors : []), ...(alone?.success ? [alone.data] : [])];
  return [...new Set(errors.flatMap(({ code }) => (code === null ? [] : [code])))];
}

import type * as z from 'zod';
import type { Json } from '../../domain/json.ts';
import type { GraphProblem } from '../graph/graph-error.ts';
import { parameterProblem } from './parameter-problem.ts';
import type { RefusalCodes } from './refusal-codes.ts';
import type { SendContent } from './send-content.ts';

/** What a message says, or why Meta refuses it. */
type ContentReading = { ok: true; content: SendContent } | { ok: false; refusal: GraphProblem };

/** Reads the object that is named like the message's type. */
export type ContentReader = (parameter: Json, codes: RefusalCodes) => ContentReading;

/**
 * Makes the reader of a type: what does not fit the form is refused as Meta refuses it.
 *
 * @param type Meta's word, which is the parameter's name as well
 */
export function readerOf<Form extends z.ZodType>(
  type: string,
  form: Form,
  contentOf: (parameter: z.output<Form>, codes: RefusalCodes) => SendContent | { refusal: GraphProblem },
): ContentReader {
  return (parameter, codes) => {
    const read = form.safeParse(parameter);
    if (!read.success) {
      return { ok: false, refusal: parameterProblem(read.error, parameter, [type], codes) };
    }
    const content = contentOf(read.data, codes);
    return 'refusal' in content ? { ok: false, refusal: content.refusal } : { ok: true, content };
  };
}

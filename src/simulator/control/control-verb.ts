import * as z from 'zod';
import type { Simulation } from '../simulation.ts';

/** One thing that can be asked of a running simulator over HTTP: `{method} /_simulator{path}`. */
export type ControlVerb = {
  method: 'GET' | 'POST' | 'PATCH';
  /** Parts in braces are given to `run` by name: `/people/{waId}/writes`. */
  path: string;
  /** One line for the list of verbs. */
  summary: string;
  /**
   * Does it. What is thrown as a RangeError or TypeError is a 400, any other error a 409.
   * The answer is written as JSON, a set as a list; undefined stands for nothing to say (204).
   */
  answer(request: ControlRequest): unknown;
};

/** What a verb is asked. */
export type ControlRequest = {
  /** The simulator of the moment: a reset puts another one in its place. */
  simulation: Simulation;
  parameters: Readonly<Record<string, string>>;
  query: URLSearchParams;
  body: unknown;
};

/**
 * A verb whose body is checked first.
 *
 * @param schema what the body has to be; an absent body counts as `{}`
 */
export function controlVerb<Schema extends z.ZodType>(
  verb: Omit<ControlVerb, 'answer'>,
  schema: Schema,
  answer: (request: Omit<ControlRequest, 'body'> & { body: z.infer<Schema> }) => unknown,
): ControlVerb {
  return { ...verb, answer: (request) => answer({ ...request, body: schema.parse(request.body) }) };
}

/**
 * A body that is checked by a form, and handed on as it was given: for what is written down as JSON, where the form
 * makes sets of lists.
 */
export function asGiven<Form extends z.ZodType>(form: Form): z.ZodType<z.input<Form>> {
  return z.custom<z.input<Form>>().superRefine((given, context) => {
    const read = form.safeParse(given);
    for (const { message, path } of read.error?.issues ?? []) {
      context.addIssue({ code: 'custom', message, path });
    }
  });
}

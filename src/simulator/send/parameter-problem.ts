import type * as z from 'zod';
import { isJsonObject, type Json } from '../../domain/json.ts';
import { type GraphProblem, invalidParameter, problem } from '../graph/graph-error.ts';
import type { RefusalCodes } from './refusal-codes.ts';

/**
 * The first thing wrong with a parameter, in the way Meta says it (meta-facts §5): 100 for a key that is unknown
 * and for what is too long; of what is missing, and of a value that is not right, the code is a setting.
 *
 * @param at where the parameter stands in the body
 */
export function parameterProblem(
  error: z.ZodError,
  parameter: Json | undefined,
  at: readonly PropertyKey[],
  codes: RefusalCodes,
): GraphProblem {
  const issue = error.issues[0];
  if (issue === undefined) return problem(100);
  const name = parameterName([...at, ...issue.path]);
  if (issue.code === 'unrecognized_keys') {
    const on = name === '' ? '' : ` on param "${name}"`;
    return invalidParameter(`Unexpected key "${issue.keys.join('", "')}"${on}.`);
  }
  const value = valueAt(parameter, issue.path);
  if (value === undefined) return missingParameter(name, codes);
  if (issue.code === 'custom' && issue.params?.['tooLong'] === true) {
    return invalidParameter(`Param ${name} ${issue.message}`);
  }
  return invalidValue(`Param ${name} ${expectation(issue, value)}`, codes);
}

/** A parameter that has to be there and is not. */
export function missingParameter(name: string, codes: RefusalCodes): GraphProblem {
  const sentence = `Parameter ${name} is mandatory.`;
  return codes.missingParameter === 100 ? invalidParameter(sentence) : problem(131008, sentence);
}

/** A parameter whose value is of another kind than it should be. */
export function invalidValue(sentence: string, codes: RefusalCodes): GraphProblem {
  return codes.invalidValue === 100 ? invalidParameter(sentence) : problem(131009, sentence);
}

function expectation(issue: z.core.$ZodIssue, value: Json): string {
  if (issue.code === 'invalid_type') return `must be of type ${issue.expected}.`;
  if (issue.code === 'invalid_value') return notAmong(issue.values.map(String), value);
  if (issue.code === 'invalid_union' && 'options' in issue) {
    return notAmong(issue.options?.map(String) ?? [], value);
  }
  return issue.message;
}

function notAmong(expected: readonly string[], value: Json): string {
  return `must be one of {${expected.join(', ').toUpperCase()}} - got ${JSON.stringify(value)}.`;
}

/** `['template', 'components', 0]` as Meta writes it: `template['components'][0]`. */
function parameterName(path: readonly PropertyKey[]): string {
  return path
    .map((part, depth) =>
      depth === 0 ? String(part) : typeof part === 'number' ? `[${part}]` : `['${String(part)}']`,
    )
    .join('');
}

function valueAt(value: Json | undefined, path: readonly PropertyKey[]): Json | undefined {
  let found = value;
  for (const part of path) {
    if (Array.isArray(found)) found = found[Number(part)];
    else if (isJsonObject(found)) found = found[String(part)];
    else return undefined;
  }
  return found;
}

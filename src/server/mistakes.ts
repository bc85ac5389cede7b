import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import type { Mistake } from './contract/problem.ts';
import { ProblemError, problemOf } from './problem.ts';

type Part = Mistake['in'];
type Issue = z.core.$ZodIssue;

/**
 * Compiles a schema into the check of one part of a request. What fails is answered with every mistake at
 * once; nothing that the caller wrote is repeated, except the names of members.
 */
export const compileCheck: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  const part = partNames[httpPart ?? 'body'] ?? 'body';
  return (value) => {
    if (part === 'body' && (value === undefined || value === null)) {
      return { error: new ProblemError(problemOf('body-missing')) };
    }
    const result = schema.safeParse(value, { error: predicate });
    return result.success ? { value: result.data } : { error: malformed(part, result.error.issues) };
  };
};

/** A body of a megabyte can hold a hundred thousand mistakes; nobody reads more than these. */
const MOST_NAMED = 50;

const partNames: Record<string, Part> = {
  body: 'body',
  querystring: 'query',
  params: 'path',
  headers: 'header',
};

function malformed(part: Part, issues: readonly Issue[]): ProblemError {
  const errors = withoutRepetition(issues.flatMap((issue) => mistakesOf(part, issue, [])));
  const first = errors[0]?.message ?? 'The request is not valid.';
  const detail = errors.length === 1 ? first : `${errors.length} mistakes; the first: ${first}`;
  return new ProblemError(problemOf('request-malformed', { detail, errors: errors.slice(0, MOST_NAMED) }));
}

function mistakesOf(part: Part, issue: Issue, above: readonly PropertyKey[]): Mistake[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => mistake(part, [...path, key], issue.message));
  }
  if (issue.code === 'invalid_union') {
    const meant = branchThatWasMeant(issue.errors);
    if (meant !== undefined) return meant.flatMap((inner) => mistakesOf(part, inner, path));
  }
  return [mistake(part, path, issue.message)];
}

function withoutRepetition(mistakes: readonly Mistake[]): Mistake[] {
  return [...new Map(mistakes.map((one) => [one.message, one])).values()];
}

/** Of the alternatives the one whose own type fitted: its mistakes lie deeper, or are not about the type. */
function branchThatWasMeant(branches: readonly Issue[][]): Issue[] | undefined {
  return branches.find(
    (issues) => !issues.some((issue) => issue.code === 'invalid_type' && issue.path.length === 0),
  );
}

function mistake(part: Part, path: readonly PropertyKey[], message: string): Mistake {
  // A parameter of a query has no levels, though it may be read as several values.
  const name = (part === 'query' ? path.slice(0, 1) : path).map(String).join('.');
  const subject = name === '' ? `The ${part}` : `\`${name}\``;
  return { in: part, path: name, message: `${subject} ${message}.` };
}

/** What is wrong, to be read after the name of the member. Sentences written beside a schema come before. */
function predicate(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `is needed, as ${nameOfType(issue.expected)}`
        : `must be ${nameOfType(issue.expected)}, not ${nameOfType(typeOf(issue.input))}`;
    case 'unrecognized_keys':
      return whatIsKnown(issue.inst);
    case 'invalid_value':
      return `must be one of ${issue.values.map((value) => `\`${String(value)}\``).join(', ')}`;
    case 'too_big':
      return `must have at most ${issue.maximum} ${unitOf(issue.origin)}`;
    case 'too_small':
      return `must have at least ${issue.minimum} ${unitOf(issue.origin)}`;
    case 'invalid_union':
      return 'is of none of the kinds that are possible here';
    default:
      return 'is not valid';
  }
}

function unitOf(origin: string): string {
  return origin === 'string' ? 'characters' : 'entries';
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function nameOfType(type: string): string {
  return typeNames[type] ?? type;
}

const typeNames: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};

function whatIsKnown(schema: unknown): string {
  const members = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  if (members.length === 0) return 'is not known here, where none is taken';
  return `is not known here; known are ${members.map((member) => `\`${member}\``).join(', ')}`;
}

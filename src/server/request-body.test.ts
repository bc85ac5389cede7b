import { describe, expect, it } from 'vitest';
import { ProblemError } from './problem.ts';
import { readJsonBody } from './request-body.ts';

describe('reading the body of a request', () => {
  it.each([
    ['an object', '{"to":"558587654321"}', { to: '558587654321' }],
    ['with a byte order mark', '\ufeff{"to":"1"}', { to: '1' }],
    ['with every kind of character', '{"text":"ção 😀 \\ud83d\\ude00"}', { text: 'ção 😀 😀' }],
    ['as deep as is allowed', `${'['.repeat(32)}1${']'.repeat(32)}`, nested(32)],
  ])('gives the value of JSON %s', (_name, body, value) => {
    expect(readJsonBody(Buffer.from(body))).toEqual(value);
  });

  it.each([
    ['nothing', '', 'body-missing', 'The request has no body.'],
    [
      'no JSON',
      '{"text": segredo}',
      'body-not-json',
      'The body stops being JSON at line 1, column 10: a value was expected there.',
    ],
    [
      'half a surrogate pair',
      '{"text":{"body":"\\ud83d segredo"}}',
      'request-malformed',
      '`text.body` holds half of a surrogate pair: send whole Unicode characters.',
    ],
    [
      'U+0000',
      '{"reference":"segredo\\u0000"}',
      'request-malformed',
      '`reference` holds the character U+0000: leave it out.',
    ],
    [
      'a member that would change the prototype',
      '{"template":{"__proto__":{"segredo":1}}}',
      'request-malformed',
      '`template` has a member with a name that is not allowed: leave it out.',
    ],
    [
      'a level too many',
      `${'['.repeat(33)}1${']'.repeat(33)}`,
      'request-malformed',
      'The body is nested more than 32 levels deep.',
    ],
    [
      'half a million levels',
      `${'['.repeat(500_000)}${']'.repeat(500_000)}`,
      'request-malformed',
      'The body is nested more than 32 levels deep.',
    ],
  ])('refuses %s and repeats nothing of it', (_name, body, code, detail) => {
    const problem = problemOfReading(Buffer.from(body));
    expect(problem).toMatchObject({ status: 400, code, detail });
    expect(JSON.stringify(problem)).not.toContain('segredo');
  });

  it('refuses text in another encoding than UTF-8', () => {
    const problem = problemOfReading(Buffer.from('{"text":"Olá"}', 'latin1'));
    expect(problem).toMatchObject({ status: 400, code: 'body-not-utf-8' });
  });
});

function problemOfReading(bytes: Uint8Array) {
  try {
    readJsonBody(bytes);
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  return null;
}

function nested(levels: number): unknown {
  return levels === 0 ? 1 : [nested(levels - 1)];
}

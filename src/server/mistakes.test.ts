import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { eventQuerySchema } from './contract/event.ts';
import { notificationQuerySchema, notificationRequestSchema } from './contract/notification.ts';
import { compileCheck } from './mistakes.ts';
import { ProblemError } from './problem.ts';

const template = { name: 'interview_reminder', language: 'pt_BR' };

describe('what is wrong with a notification request', () => {
  it.each([
    [
      {},
      [
        '`to` is needed, as a text.',
        '`text` or one of `template`, `media`, `location`, `contacts`, `reaction`, `interactive` is needed, exactly one of them.',
      ],
    ],
    [
      { to: '1', text: 'Hi', template },
      [
        '`text` or one of `template`, `media`, `location`, `contacts`, `reaction`, `interactive` is needed, exactly one of them; found `text` and `template`.',
      ],
    ],
    [{ to: ' \n', text: 'Hi' }, ['`to` must not be blank.']],
    [{ to: 558587654321, text: 'Hi' }, ['`to` must be a text, not a number.']],
    [{ to: '1', text: '' }, ['`text` must not be blank.']],
    [{ to: '1', text: { body: ' ' } }, ['`text.body` must not be blank.']],
    [{ to: '1', text: 5 }, ['`text` must be a text, or an object with `body`.']],
    [
      { to: '1', text: { boddy: 'Hi', previewUrl: 'yes' } },
      [
        '`text.body` is needed, as a text.',
        '`text.previewUrl` must be true or false, not a text.',
        '`text.boddy` is not known here; known are `body`, `previewUrl`.',
      ],
    ],
    [{ to: '1', text: 'a'.repeat(65_537) }, ['`text` must have at most 65536 characters.']],
    [
      { to: '1', template: { ...template, language: { code: 'pt_BR' } } },
      ['`template.language` must be a text, not an object.'],
    ],
    [
      { to: '1', template: { ...template, components: [5] } },
      ['`template.components.0` must be an object, not a number.'],
    ],
    [
      { to: '1', template, fallback: template },
      ['`fallback` is not needed beside `template`, which may be sent at any time.'],
    ],
    [
      { to: '1', text: 'Hi', onClosedWindow: 'template' },
      [
        '`onClosedWindow` is `template`, so `fallback` is needed: the template to send when the window is closed.',
      ],
    ],
    [
      { to: '1', text: 'Hi', onClosedWindow: 'wait' },
      ['`onClosedWindow` must be one of `template`, `fail`, `hold`.'],
    ],
    [
      { to: '1', text: 'Hi', onClosedWindow: 'hold', fallback: template },
      ['`onClosedWindow` is `hold`, so `fallback` is not used: leave one of them out.'],
    ],
    [
      { to: '1', template, onClosedWindow: 'hold' },
      ['`onClosedWindow` is not needed beside `template`, which may be sent at any time.'],
    ],
    [
      { to: '1', text: 'Hi', notAfter: '2026-11-20 10:00' },
      ['`notAfter` must be a time with its zone, such as 2026-11-20T14:00:00Z or 2026-11-20T11:00:00-03:00.'],
    ],
    [
      { to: '1', text: 'Hi', notBefore: '2026-11-20T10:00:00-03:00', notAfter: '2026-11-20T13:00:00Z' },
      ['`notAfter` must be later than `notBefore`.'],
    ],
    [
      { to: '1', text: 'Hi', businessPhone: '+55 11 3210-0000' },
      ['`businessPhone` must be Meta’s phone_number_id, digits only; it is not the phone number itself.'],
    ],
    [{ to: '1', text: 'Hi', reference: 'a'.repeat(513) }, ['`reference` must have at most 512 characters.']],
    [{ to: '1', text: 'Hi', idempotencyKey: '' }, ['`idempotencyKey` must not be empty.']],
    ['Hi', ['The body must be an object, not a text.']],
  ])('%j', (body, messages) => {
    expect(messagesOf(notificationRequestSchema, 'body', body)).toEqual(messages);
  });

  it('is counted whole, but not named without end', () => {
    const unknown = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`m${index}`, 1]));
    const problem = problemOfChecking(notificationRequestSchema, 'body', { to: '1', text: 'Hi', ...unknown });
    expect(problem?.detail).toMatch(/^5000 mistakes; the first: `m0` is not known here; known are `to`, /);
    expect(problem?.errors).toHaveLength(50);
  });

  it('is all named at once, with the part and the path', () => {
    const body = { to: '', txt: 'Hi', purpose: 'spam', notAfter: 'tomorrow' };
    expect(
      problemOfChecking(notificationRequestSchema, 'body', body)?.errors?.map(({ path }) => path),
    ).toEqual(['to', 'purpose', 'notAfter', 'txt', 'text']);
  });

  it.each([
    [{ to: '1', text: 'Hi' }],
    [{ to: '1', text: { body: 'Hi' }, fallback: template, onClosedWindow: 'template' }],
    [{ to: '1', text: 'a'.repeat(4_097), onClosedWindow: 'fail', fallback: template }],
    [{ to: '1', template, onClosedWindow: 'template' }],
    [{ to: '1', template: { ...template, components: [{ type: 'body', parameters: [] }] } }],
  ])('%j: nothing', (body) => {
    expect(messagesOf(notificationRequestSchema, 'body', body)).toEqual([]);
  });
});

describe('what is wrong with a query', () => {
  it.each(['0', '501', '-1', '1.5', '1e2', 'ten', '', ' 5', '99999999999', ['1', '2']])(
    'limit=%j',
    (limit) => {
      const messages = messagesOf(notificationQuerySchema, 'querystring', { limit });
      expect(messages).toEqual(['`limit` must be a whole number from 1 to 500.']);
    },
  );

  it('names a parameter once, however many of its values are wrong', () => {
    const [first, ...rest] = messagesOf(eventQuerySchema, 'querystring', { kind: 'mesage,statos' });
    expect(first).toMatch(/^`kind` must be one of `message`, `status`, /);
    expect(rest).toEqual([]);
  });

  it('names what is unknown', () => {
    expect(messagesOf(notificationQuerySchema, 'querystring', { sate: 'read' })).toEqual([
      '`sate` is not known here; known are `after`, `limit`, `order`, `state`, `failure`.',
    ]);
  });

  it.each([
    [{}, { limit: 100 }],
    [{ limit: '1' }, { limit: 1 }],
    [
      { limit: '500', kind: 'message' },
      { limit: 500, kind: ['message'] },
    ],
    [{ kind: ['message,status', 'call'] }, { limit: 100, kind: ['message', 'status', 'call'] }],
  ])('is nothing in %j', (query, read) => {
    expect(eventQuerySchema.parse(query)).toEqual({ order: 'oldest', ...read });
  });
});

function messagesOf(schema: z.ZodType, httpPart: string, value: unknown): string[] {
  return problemOfChecking(schema, httpPart, value)?.errors?.map(({ message }) => message) ?? [];
}

function problemOfChecking(schema: z.ZodType, httpPart: string, value: unknown) {
  const result = compileCheck({ schema, httpPart, method: 'POST', url: '/' })(value);
  if (typeof result !== 'object' || !('error' in result)) return null;
  if (!(result.error instanceof ProblemError)) throw result.error;
  const { problem } = result.error;
  expect(problem).toMatchObject({ status: 400, code: 'request-malformed' });
  return 'errors' in problem ? problem : null;
}

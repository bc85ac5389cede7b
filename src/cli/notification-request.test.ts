import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../domain/json.ts';
import { CommandError } from './command-error.ts';
import { type NotificationFlags, notificationRequest } from './notification-request.ts';

const to = '558587654321';

describe('notificationRequest', () => {
  const requests: [NotificationFlags, JsonObject][] = [
    [
      { to, text: 'Hi', reference: 'r' },
      { to, text: 'Hi', reference: 'r' },
    ],
    [
      { to, template: 'hello_world', language: 'en_US' },
      { to, template: { name: 'hello_world', language: 'en_US' } },
    ],
    [
      { to, text: 'Hi Ana', fallback: 'reminder', language: 'pt_BR', parameter: ['Ana'] },
      {
        to,
        text: 'Hi Ana',
        fallback: {
          name: 'reminder',
          language: 'pt_BR',
          components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }] }],
        },
      },
    ],
    [
      { to, text: 'Hi Ana', hold: true },
      { to, text: 'Hi Ana', onClosedWindow: 'hold' },
    ],
  ];
  for (const [flags, request] of requests) {
    it(`makes a request of ${JSON.stringify(flags)}`, () =>
      expect(notificationRequest(flags)).toEqual(request));
  }

  const wrong: [string, NotificationFlags][] = [
    ['nothing to send', { to }],
    ['two things to send', { to, text: 'Hi', template: 'hello_world', language: 'en_US' }],
    ['a template without a language', { to, template: 'hello_world' }],
    ['a fallback without a language', { to, text: 'Hi', fallback: 'hello_world' }],
    ['a fallback beside a template', { to, template: 'a', fallback: 'b', language: 'en_US' }],
    ['holding beside a template', { to, template: 'a', language: 'en_US', hold: true }],
    ['holding beside a fallback', { to, text: 'Hi', fallback: 'a', language: 'en_US', hold: true }],
    ['parameters without a template', { to, text: 'Hi', parameter: ['Ana'] }],
    ['a language without a template', { to, text: 'Hi', language: 'en_US' }],
  ];
  for (const [what, flags] of wrong) {
    it(`refuses ${what} as wrong usage`, () => {
      let error: unknown = null;
      try {
        notificationRequest(flags);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(CommandError);
      expect(error).toMatchObject({ exitCode: 2, remedy: expect.stringMatching(/\w/) });
    });
  }
});

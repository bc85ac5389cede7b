import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnswer } from './read-answer.ts';

const answer = (changes: object = {}) => ({
  messaging_product: 'whatsapp',
  contacts: [{ input: '+5585987654321', wa_id: '558587654321', user_id: 'BR.55aa66bb77cc' }],
  messages: [{ id: 'wamid.our-own-1', message_status: 'accepted' }],
  ...changes,
});
const envelope = (changes: object = {}) => ({
  error: {
    message: '(#133010) Account not registered',
    type: 'OAuthException',
    code: 133010,
    error_data: { messaging_product: 'whatsapp', details: 'Register the phone number before trying again.' },
    fbtrace_id: 'Aown-trace-1',
    ...changes,
  },
});

describe('an accepted message', () => {
  it('has an id, and Meta’s word on who the recipient is', () => {
    expect(readAnswer(200, JSON.stringify(answer()))).toEqual({
      outcome: 'accepted',
      messageId: 'wamid.our-own-1',
      metaHold: false,
      waId: '558587654321',
      userId: 'BR.55aa66bb77cc',
      input: '+5585987654321',
    });
  });

  it('may be held by Meta, and may name nobody', () => {
    const messages = [{ id: 'wamid.our-own-1', message_status: 'held_for_quality_assessment' }];
    expect(readAnswer(201, JSON.stringify({ messages }))).toEqual({
      outcome: 'accepted',
      messageId: 'wamid.our-own-1',
      metaHold: true,
      waId: null,
      userId: null,
      input: null,
    });
  });
});

describe('a refusal', () => {
  it.each([200, 302, 400, 401, 429, 500, 502, 503])(
    'is one by its envelope, whatever the status: %d',
    (status) => {
      expect(readAnswer(status, JSON.stringify(envelope()))).toEqual({
        outcome: 'refused',
        failure: {
          code: 'business-phone-not-registered',
          metaCode: 133010,
          title: expect.stringContaining('not registered'),
          details: 'Register the phone number before trying again.',
          remedy: expect.stringContaining('npx recado register'),
        },
        httpStatus: status,
        traceId: 'Aown-trace-1',
      });
    },
  );

  it.each([
    [{ error_data: undefined }, '(#133010) Account not registered'],
    [{ error_data: undefined, error_user_msg: 'Register first.' }, 'Register first.'],
    [{ error_data: 'old form' }, '(#133010) Account not registered'],
    [{ error_data: undefined, message: undefined }, null],
  ])('takes the explanation where there is one: %j', (changes, details) => {
    expect(readAnswer(400, JSON.stringify(envelope(changes)))).toMatchObject({ failure: { details } });
  });

  it('reads code and subcode as numbers or strings', () => {
    const changes = { code: '100', error_subcode: '33', error_data: undefined };
    expect(readAnswer(400, JSON.stringify(envelope(changes)))).toMatchObject({
      failure: { code: 'phone-number-id-wrong', metaCode: 100 },
    });
    expect(readAnswer(400, JSON.stringify(envelope({ code: 7_654_321, is_transient: true })))).toMatchObject({
      failure: { code: 'meta-unavailable', metaCode: 7_654_321 },
    });
  });

  it('repeats neither tokens nor wamids, and no novel', () => {
    const token = `EAA${'Ab1'.repeat(60)}`;
    const wamid = `wamid.${'HBgM'.repeat(14)}=`;
    const message = `Malformed access token ${token} for ${wamid}. ${'word '.repeat(1_000)}`;
    const outcome = readAnswer(401, JSON.stringify(envelope({ code: 190, message, error_data: undefined })));
    expect(outcome).toMatchObject({ failure: { code: 'access-token-refused' } });
    const text = JSON.stringify(outcome);
    expect(text).toContain('Malformed access token … for wamid.…');
    expect(text).not.toContain('Ab1Ab1');
    expect(text).not.toContain('HBgM');
    expect(text.length).toBeLessThan(2_000);
  });
});

describe('an unknown outcome', () => {
  it.each<[number, string, string]>([
    [502, '<html><body>Bad Gateway</body></html>', 'HTTP 502 with HTML'],
    [504, '', 'HTTP 504 with an empty body'],
    [500, 'upstream timed out', 'HTTP 500 with a body that is not JSON'],
    [500, '{"error":"internal"}', 'HTTP 500 with JSON that holds neither a message id nor an error code'],
    [
      500,
      '{"error":{"message":"?"}}',
      'HTTP 500 with JSON that holds neither a message id nor an error code',
    ],
    [200, '', 'HTTP 200 with an empty body'],
    [200, '{"messages":[{"id":"wamid.cut', 'HTTP 200 with a body that is not JSON'],
    [200, '{"messages":[]}', 'HTTP 200 with JSON that holds neither a message id nor an error code'],
    [200, '{"messages":[{"id":""}]}', 'HTTP 200 with JSON that holds neither a message id nor an error code'],
    [
      200,
      '{"messages":{"0":{"id":"x"}}}',
      'HTTP 200 with JSON that holds neither a message id nor an error code',
    ],
    [200, 'null', 'HTTP 200 with JSON that holds neither a message id nor an error code'],
    [302, '', 'HTTP 302 with an empty body'],
    [404, '<!DOCTYPE html><p>not found</p>', 'HTTP 404 with HTML'],
    [400, '[]', 'HTTP 400 with JSON that holds neither a message id nor an error code'],
  ])('HTTP %d with %j', (status, body, reason) => {
    expect(readAnswer(status, body)).toEqual({ outcome: 'unknown', reason });
  });

  it('is what an id outside a 2xx leaves us with', () => {
    expect(readAnswer(500, JSON.stringify(answer())).outcome).toBe('unknown');
    expect(readAnswer(302, JSON.stringify(answer())).outcome).toBe('unknown');
  });
});

describe('any answer', () => {
  it('means something, and an unknown one repeats no word of the body', () => {
    const bodies = fc.oneof(
      fc.json(),
      fc.string(),
      fc.json().map((json) => `{"error":${json}}`),
      fc.json().map((json) => `{"messages":[${json}]}`),
    );
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), bodies, (status, body) => {
        const outcome = readAnswer(status, body);
        if (outcome.outcome === 'accepted') expect(status >= 200 && status < 300).toBe(true);
        if (outcome.outcome === 'unknown')
          expect(outcome.reason).toMatch(
            /^HTTP \d{3} with (an empty body|HTML|a body that is not JSON|JSON that holds neither a message id nor an error code)$/,
          );
      }),
    );
  });
});

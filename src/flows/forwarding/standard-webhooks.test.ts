import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newWebhookSecret, signWebhook, webhookFault } from './standard-webhooks.ts';

const at = 1_790_000_000_000;
const body = Buffer.from('{"type":"message"}');
const secret = newWebhookSecret();
const signed = signWebhook({ id: 'ev_000000001a', at, body }, [secret]);

describe('the signature of Standard Webhooks', () => {
  it('is HMAC-SHA256 over id, timestamp and raw bytes, keyed with the bytes behind whsec_', () => {
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    const expected = createHmac('sha256', key)
      .update(`ev_000000001a.${at / 1000}.${body.toString()}`)
      .digest('base64');
    expect(signed).toEqual({
      'webhook-id': 'ev_000000001a',
      'webhook-timestamp': String(at / 1000),
      'webhook-signature': `v1,${expected}`,
    });
  });

  it('is believed for any bytes, also those that are no text, and for no others', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }), (sent, other) => {
        const headers = signWebhook({ id: 'ev_1', at, body: sent }, [secret]);
        expect(webhookFault(sent, headers, [secret], at)).toBeNull();
        if (!Buffer.from(sent).equals(other)) {
          expect(webhookFault(other, headers, [secret], at)).toBe('signature-mismatch');
        }
      }),
    );
  });

  it('is by both secrets while one is rotated', () => {
    const next = newWebhookSecret();
    const both = signWebhook({ id: 'ev_1', at, body }, [next, secret]);
    expect(both['webhook-signature'].split(' ')).toHaveLength(2);
    for (const known of [next, secret]) expect(webhookFault(body, both, [known], at)).toBeNull();
    expect(webhookFault(body, both, [newWebhookSecret()], at)).toBe('signature-mismatch');
  });

  it.each([
    ['a header is missing', { 'webhook-id': undefined }, 'header-missing'],
    ['the signature is missing', { 'webhook-signature': undefined }, 'header-missing'],
    ['the signature is empty', { 'webhook-signature': '' }, 'header-missing'],
    ['the signature is empty behind its version', { 'webhook-signature': 'v1,' }, 'signature-mismatch'],
    [
      'the signature is cut short',
      { 'webhook-signature': signed['webhook-signature'].slice(0, 20) },
      'signature-mismatch',
    ],
    [
      'something stands behind the signature',
      { 'webhook-signature': `${signed['webhook-signature']}A` },
      'signature-mismatch',
    ],
    [
      'the version is another one',
      { 'webhook-signature': signed['webhook-signature'].replace('v1,', 'v2,') },
      'signature-mismatch',
    ],
    ['the id is another one', { 'webhook-id': 'ev_2' }, 'signature-mismatch'],
    ['the timestamp is no number', { 'webhook-timestamp': '1e9' }, 'timestamp-malformed'],
    ['the timestamp was changed', { 'webhook-timestamp': String(at / 1000 + 1) }, 'signature-mismatch'],
  ])('is not believed when %s', (_, changes, fault) => {
    expect(webhookFault(body, { ...signed, ...changes }, [secret], at)).toBe(fault);
  });

  it('is believed for five minutes before and after its time', () => {
    expect(webhookFault(body, signed, [secret], at + 300_000)).toBeNull();
    expect(webhookFault(body, signed, [secret], at + 300_001)).toBe('too-old');
    expect(webhookFault(body, signed, [secret], at - 300_001)).toBe('too-new');
  });

  it('is made with no secret that is missing or short', () => {
    expect(() => signWebhook({ id: 'ev_1', at, body }, [])).toThrow('without a secret');
    expect(() => signWebhook({ id: 'ev_1', at, body }, ['whsec_'])).toThrow('too short');
  });
});

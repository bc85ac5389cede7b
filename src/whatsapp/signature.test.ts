import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSignatureVerifier, fingerprintSecret, signatureFault, signBody } from './signature.ts';

/** A character of an HTTP header. */
const latin1 = fc.nat({ max: 255 }).map((code) => String.fromCharCode(code));
const encoder = new TextEncoder();
const appSecret = '9f8e7d6c5b4a39281706f5e4d3c2b1a0';
const otherSecret = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const digits = 'dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756';

/** meta-facts §2.2 */
const vectors = [
  { secret: 'test_app_secret', body: '{"object":"whatsapp_business_account","entry":[]}', digits },
  {
    secret: 'test_app_secret',
    body: '{"object": "whatsapp_business_account", "entry": []}',
    digits: '56cbbaf4961c6cfdae48b7f116c047e5eb513d2c931baae63a2bc1afd26f803a',
  },
  {
    secret: 'otro_secreto',
    body: '{"object":"whatsapp_business_account","entry":[]}',
    digits: '769b03d8c2ae6498f2d1e1f7299c0ba55448c69d741e7b0bb243d852d8a8d8c7',
  },
];

const badHeaders: [string, string][] = [
  ['empty', ''],
  ['prefix alone', 'sha256='],
  ['no prefix', digits],
  ['sha1', 'sha1=0123456789012345678901234567890123456789'],
  ['sha1 with 64 digits', `sha1=${digits}`],
  ['upper-case prefix', `SHA256=${digits}`],
  ['space before', ` sha256=${digits}`],
  ['space after', `sha256=${digits} `],
  ['space after the prefix', `sha256= ${digits}`],
  ['line break after', `sha256=${digits}\n`],
  ['quotes', `"sha256=${digits}"`],
  ['one digit missing', `sha256=${digits.slice(1)}`],
  ['one digit too many', `sha256=${digits}0`],
  ['one byte missing', `sha256=${digits.slice(2)}`],
  ['one byte', 'sha256=de'],
  ['twice as long', `sha256=${digits}${digits}`],
  ['not hex', `sha256=${'g'.repeat(64)}`],
  ['one digit not hex', `sha256=${digits.slice(0, 63)}g`],
  ['full-width digit', `sha256=${digits.slice(0, 63)}６`],
  ['two joined', `sha256=${digits}, sha256=${digits}`],
  ['list with a comma', `sha256=${digits},`],
  ['versioned list', `v1,sha256=${digits}`],
  ['base64', `sha256=${Buffer.from(digits, 'hex').toString('base64')}`],
];

describe('createSignatureVerifier', () => {
  it.each(vectors)('agrees with the known signature of $body under $secret', ({ secret, body, digits }) => {
    const verify = createSignatureVerifier([secret]);
    expect(verify(encoder.encode(body), `sha256=${digits}`)).toEqual({
      valid: true,
      secretFingerprint: fingerprintSecret(secret),
    });
    expect(signBody(encoder.encode(body), secret)).toBe(`sha256=${digits}`);
  });

  it.each(badHeaders)('refuses a malformed header: %s', (_, header) => {
    const verify = createSignatureVerifier(['test_app_secret']);
    const body = encoder.encode('{"object":"whatsapp_business_account","entry":[]}');
    expect(verify(body, header)).toEqual({ valid: false, reason: 'malformed' });
    expect(signatureFault(header)).toBe('malformed');
  });

  it('tells a missing header from a wrong one', () => {
    const verify = createSignatureVerifier([appSecret]);
    const body = encoder.encode('{}');
    expect(verify(body, undefined)).toEqual({ valid: false, reason: 'missing' });
    expect(signatureFault(undefined)).toBe('missing');
    expect(verify(body, `sha256=${'0'.repeat(64)}`)).toEqual({ valid: false, reason: 'mismatch' });
    expect(signatureFault(`sha256=${'0'.repeat(64)}`)).toBeNull();
  });

  it('takes upper-case digits, which name the same bytes', () => {
    const verify = createSignatureVerifier(['test_app_secret']);
    const body = encoder.encode('{"object":"whatsapp_business_account","entry":[]}');
    expect(verify(body, `sha256=${digits.toUpperCase()}`).valid).toBe(true);
  });

  it('tries every app secret and names the one that matched, never telling it', () => {
    const verify = createSignatureVerifier([appSecret, otherSecret, 'third']);
    const body = encoder.encode('{"entry":[]}');
    for (const secret of [appSecret, otherSecret, 'third']) {
      expect(verify(body, signBody(body, secret))).toEqual({
        valid: true,
        secretFingerprint: fingerprintSecret(secret),
      });
    }
    expect(verify(body, signBody(body, 'a fourth'))).toEqual({ valid: false, reason: 'mismatch' });
    expect(fingerprintSecret(appSecret)).toMatch(/^[0-9a-f]{8}$/);
    expect(new Set([appSecret, otherSecret, 'third'].map(fingerprintSecret)).size).toBe(3);
    expect(appSecret).not.toContain(fingerprintSecret(appSecret));
  });

  it('cannot be made without a secret', () => {
    expect(() => createSignatureVerifier([])).toThrow(/META_APP_SECRET/);
    expect(() => createSignatureVerifier([''])).toThrow(/META_APP_SECRET/);
    expect(() => createSignatureVerifier([appSecret, ''])).toThrow(/META_APP_SECRET/);
  });

  it('works on bytes: two bodies that read as the same text have different signatures', () => {
    const verify = createSignatureVerifier([appSecret]);
    const one = new Uint8Array([0x22, 0xff, 0x22]);
    const two = new Uint8Array([0x22, 0xfe, 0x22]);
    expect(verify(one, signBody(one, appSecret)).valid).toBe(true);
    expect(verify(two, signBody(one, appSecret))).toEqual({ valid: false, reason: 'mismatch' });
  });

  it('accepts what HMAC-SHA256 gives for any body and secret, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.string({ minLength: 1, maxLength: 150 }),
        fc.integer({ min: 0, max: 63 }),
        (body, secret, place) => {
          const verify = createSignatureVerifier([secret]);
          const right = createHmac('sha256', secret).update(body).digest('hex');
          expect(verify(body, `sha256=${right}`).valid).toBe(true);
          const wrong = (Number.parseInt(right.charAt(place), 16) ^ 1).toString(16);
          const header = `sha256=${right.slice(0, place)}${wrong}${right.slice(place + 1)}`;
          expect(verify(body, header)).toEqual({ valid: false, reason: 'mismatch' });
          expect(verify(new Uint8Array([...body, 0]), `sha256=${right}`).valid).toBe(false);
        },
      ),
    );
  });

  it('never throws on any header', () => {
    const verify = createSignatureVerifier([appSecret]);
    fc.assert(
      fc.property(fc.string({ unit: latin1 }), (header) => {
        expect(verify(encoder.encode('{}'), header)).toEqual({ valid: false, reason: 'malformed' });
      }),
    );
  });
});

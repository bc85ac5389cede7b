import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { createHmacSha256 } from './hmac-sha256.ts';

/** What is wrong with a signature header that can never verify, whatever body follows it. */
export type SignatureFault = 'missing' | 'malformed';

/** Whether Meta signed a body; `secretFingerprint` is that of the app secret that matched. */
export type SignatureVerdict =
  | { valid: true; secretFingerprint: string }
  | { valid: false; reason: SignatureFault | 'mismatch' };

/** Checks a raw body against the value of its `X-Hub-Signature-256` header. */
export type SignatureVerifier = (body: Uint8Array, header: string | undefined) => SignatureVerdict;

// Meta writes lower-case digits (meta-facts §2.2); upper-case ones name the same bytes. Several headers reach
// us joined by ", ", which this refuses like every other prefix, space, list and wrong length.
const headerShape = /^sha256=[0-9a-fA-F]{64}$/;
const digitsStart = 'sha256='.length;
const HASH_LENGTH = 32;

/** Null when the header could belong to some body, so that reading the body is worthwhile. */
export function signatureFault(header: string | undefined): SignatureFault | null {
  if (header === undefined) return 'missing';
  return headerShape.test(header) ? null : 'malformed';
}

/** The first 8 hex digits of the SHA-256 of an app secret: names it in the database without telling it. */
export function fingerprintSecret(appSecret: string): string {
  return hash('sha256', appSecret).slice(0, 8);
}

/**
 * A verifier of Meta's signatures: `sha256=` and the hex of HMAC-SHA256 over the body's raw bytes, keyed with
 * the secret of the app that is subscribed (meta-facts §2.2). Several secrets serve rotation and several apps;
 * each is tried in constant time, always all of them, so the time does not tell which one matched.
 *
 * Throws when there is no secret or an empty one: a verifier that believes everybody must not exist.
 */
export function createSignatureVerifier(appSecrets: readonly string[]): SignatureVerifier {
  if (appSecrets.length === 0 || appSecrets.includes('')) {
    throw new Error(
      'Signatures cannot be verified with an empty app secret. Set META_APP_SECRET in .env to the App Secret of Meta’s App Dashboard → App settings → Basic.',
    );
  }
  const candidates = appSecrets.map((secret) => ({
    hmac: createHmacSha256(secret),
    verdict: { valid: true, secretFingerprint: fingerprintSecret(secret) } as const,
  }));

  const claimed = Buffer.alloc(HASH_LENGTH);
  const actual = Buffer.alloc(HASH_LENGTH);

  return (body, header) => {
    if (header === undefined) return { valid: false, reason: 'missing' };
    if (!headerShape.test(header)) return { valid: false, reason: 'malformed' };
    claimed.write(header.slice(digitsStart), 'hex');
    let verdict: SignatureVerdict = { valid: false, reason: 'mismatch' };
    for (const { hmac, verdict: valid } of candidates) {
      const made = hmac.over(body.byteLength, (room, start) => {
        room.set(body, start);
        return start + body.byteLength;
      });
      actual.write(made, 'latin1');
      if (timingSafeEqual(claimed, actual)) verdict = valid;
    }
    return verdict;
  };
}

/** The value of `X-Hub-Signature-256` that Meta would send with these bytes: `sha256=<hex>`. */
export function signBody(body: Uint8Array, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
}

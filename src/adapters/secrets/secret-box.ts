import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { SecretBox } from '../../flows/business-phones.ts';

/** The form of a sealed secret: version, id of the key, then nonce, tag and ciphertext in base64url. */
const form = /^v1\.([0-9a-f]{8})\.([A-Za-z0-9_-]{38,})$/;

const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

/**
 * Encrypts secrets that are kept in the database: AES-256-GCM, a random nonce each, bound to the place where
 * the secret is kept, so that a copied row opens nowhere else.
 *
 * @param keys of 32 bytes each. The first one seals; the others still open what they sealed, while a key is
 *   rotated. Without any, nothing can be sealed or opened.
 */
export function createSecretBox(keys: readonly Uint8Array[]): SecretBox {
  const known = keys.map((key) => ({ id: keyId(key), key }));
  const first = known[0];
  return {
    canSeal: first !== undefined,
    seal(secret, place) {
      if (first === undefined) throw new Error('There is no key to seal with.');
      const nonce = randomBytes(NONCE_LENGTH);
      const cipher = createCipheriv('aes-256-gcm', first.key, nonce, { authTagLength: TAG_LENGTH });
      cipher.setAAD(Buffer.from(place));
      const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      const bytes = Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
      return `v1.${first.id}.${bytes.toString('base64url')}`;
    },
    open(sealed, place) {
      const [, id, text = ''] = form.exec(sealed) ?? [];
      const key = known.find((candidate) => candidate.id === id)?.key;
      if (key === undefined) return null;
      const bytes = Buffer.from(text, 'base64url');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_LENGTH), {
          authTagLength: TAG_LENGTH,
        });
        decipher.setAAD(Buffer.from(place));
        decipher.setAuthTag(bytes.subarray(NONCE_LENGTH, NONCE_LENGTH + TAG_LENGTH));
        const opened = decipher.update(bytes.subarray(NONCE_LENGTH + TAG_LENGTH));
        return Buffer.concat([opened, decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
    isCurrent: (sealed) => first !== undefined && form.exec(sealed)?.[1] === first.id,
  };
}

/** Names a key without telling it: the first 8 hex digits of its SHA-256. */
function keyId(key: Uint8Array): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8);
}

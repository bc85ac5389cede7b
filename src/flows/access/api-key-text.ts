import { hash, randomBytes } from 'node:crypto';

/** The text of a new API key: `rk_` and 32 random bytes in base64url, 43 characters. */
export function newApiKeyText(): string {
  return `rk_${randomBytes(32).toString('base64url')}`;
}

/**
 * SHA-256 of an API key's text, in whose place it is kept and looked up. One quick hash is enough for 32 random
 * bytes: what slow hashes are made for, guessing, is hopeless anyway.
 */
export function apiKeyDigest(text: string): Uint8Array {
  return Uint8Array.from(hash('sha256', text, 'buffer'));
}

/** What may be shown of an API key's text for ever: enough to recognise it, six of its 43 random characters. */
export function apiKeyPrefix(text: string): string {
  return text.slice(0, 9);
}

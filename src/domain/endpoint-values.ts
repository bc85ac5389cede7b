/**
 * What is wrong with a secret that somebody brings along, as the end of a sentence; null when nothing is. Behind
 * `whsec_` stands base64 of 24 to 64 bytes (Standard Webhooks 1.0.0); any other text is a key as it is, such as the app
 * secret that a receiver of Meta's webhooks knows already.
 */
export function endpointSecretFault(secret: string): string | null {
  if (!secret.startsWith('whsec_')) {
    return /^[\x21-\x7e]{16,128}$/.test(secret)
      ? null
      : 'must be `whsec_` and base64, or 16 to 128 characters without spaces';
  }
  const [, digits = '', padding = ''] = /^whsec_([A-Za-z0-9+/]*)(={0,2})$/.exec(secret) ?? [];
  const bytes = Math.floor((digits.length * 3) / 4);
  const isWhole = (digits.length + padding.length) % 4 === 0;
  return isWhole && bytes >= 24 && bytes <= 64 ? null : 'must be `whsec_` and the base64 of 24 to 64 bytes';
}

/** Headers that a delivery sets itself, or that say how the connection is used: nobody else may set them. */
const ownHeaders = [
  'content-type',
  'content-length',
  'content-encoding',
  'host',
  'connection',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'keep-alive',
  'user-agent',
  'x-hub-signature-256',
];

/** What is wrong with a header of the user's own, as the end of a sentence; null when nothing is. */
export function endpointHeaderFault(name: string, value: string): string | null {
  if (!/^[a-z0-9!#$%&'*+.^_`|~-]{1,64}$/i.test(name))
    return 'must be named like a header: no spaces, no colon';
  const lower = name.toLowerCase();
  if (ownHeaders.includes(lower) || /^(webhook|recado|proxy)-/.test(lower)) return 'is set by Recado itself';
  return /^[\x20-\x7e]{0,1024}$/.test(value) ? null : 'must have a value of at most 1,024 plain characters';
}

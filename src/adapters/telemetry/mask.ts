import { createHash } from 'node:crypto';

/** A phone number, wa_id or user id with its middle hidden: enough to tell people apart, too little to call. */
export function maskPerson(id: string): string {
  return id.length < 10 ? '•••' : `${id.slice(0, 2)}•••${id.slice(-4)}`;
}

/**
 * A message id as a short digest. Meta's wamid holds the person's phone number in base64; its random part makes
 * a digest safe, and the same message has the same digest in every line.
 */
export function maskMessageId(id: string): string {
  return `wamid:${createHash('sha256').update(id).digest('hex').slice(0, 12)}`;
}

/**
 * The message of an unexpected error without what must not be logged: message ids, tokens, keys and long numbers.
 * A net below the rule that errors hold no such thing.
 */
export function maskErrorMessage(message: string): string {
  return message
    .replace(/wamid\.\S+/g, 'wamid.•••')
    .replace(/\bEAA[0-9A-Za-z]+/g, 'EAA•••')
    .replace(/\brk_[\w-]+/g, 'rk_•••')
    .replace(/\bBearer\s+\S+/gi, 'Bearer •••')
    .replace(/\d{8,}/g, '•••');
}

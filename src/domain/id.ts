const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * An id made from the first ten bytes of a key: a prefix and sixteen characters that sort as the keys do,
 * that is by time. Contacts and conversations take theirs from the event that made them known, so that no
 * fold needs randomness.
 *
 * @param prefix such as `ct_`
 * @param keyHex at least 20 hex digits, the first 8 of them seconds
 */
export function idFromKey(prefix: string, keyHex: string): string {
  let rest = BigInt(`0x${keyHex.slice(0, 20)}`);
  let text = '';
  for (let digit = 0; digit < 16; digit += 1) {
    text = `${alphabet[Number(rest & 31n)]}${text}`;
    rest >>= 5n;
  }
  return prefix + text;
}

/** The same sixteen characters under another prefix: a conversation is named after its contact. */
export function withPrefix(prefix: string, id: string): string {
  return prefix + id.slice(id.indexOf('_') + 1);
}

/** The twenty hex digits that an id was made from. */
export function keyOfId(id: string): string {
  let value = 0n;
  for (const character of id.slice(id.indexOf('_') + 1)) {
    value = (value << 5n) | BigInt(Math.max(0, alphabet.indexOf(character)));
  }
  return value.toString(16).padStart(20, '0');
}

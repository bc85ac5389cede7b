import type { SeededRandom } from '../seeded-random.ts';

/** Who wrote a message: the business, or the person. */
export type Author = 'business' | 'person';

/**
 * A new message id in the layout of Meta's own: `wamid.` and the base64 of a small binary record that
 * holds the person's phone number and the id of the message (seen in every example of meta-facts §4.2).
 * So it is personal data here too, and code that treats it as harmless is found out.
 *
 * @param digits the person's number; whatever stands for it when the person has shown none
 */
export function createWamid(digits: string, author: Author, random: SeededRandom): string {
  const id = author === 'person' ? `3A${random.hex(18)}` : random.hex(18);
  const record = Buffer.concat([
    Buffer.from([0x1c, 0x18, digits.length]),
    Buffer.from(digits, 'latin1'),
    Buffer.from([0x15, 0x02, 0x00, author === 'person' ? 0x12 : 0x11, 0x18, id.length]),
    Buffer.from(id, 'latin1'),
    Buffer.from([0x00]),
  ]);
  return `wamid.${record.toString('base64')}`;
}

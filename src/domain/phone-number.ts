/**
 * The spellings under which WhatsApp may know one and the same number, the given one first (meta-facts §4.4):
 * Brazil with and without the ninth digit of a mobile, Mexico with and without the 1. A Brazilian landline (local
 * part beginning 2–5) has no other.
 *
 * @param digits country code and number, digits only
 */
export function spellingsOfNumber(digits: string): string[] {
  const other = otherSpelling(digits);
  return other === null ? [digits] : [digits, other];
}

/**
 * The spellings under which somebody may be found whose number was written as given, the given one first: those of
 * the same number, and in Argentina with and without the 9. There the two may be the mobile and the landline of two
 * people (meta-facts §4.4), so that finding is all that they are good for.
 *
 * @param digits country code and number, digits only
 */
export function phoneNumberVariants(digits: string): string[] {
  const variant = otherSpelling(digits) ?? argentinianVariant(digits);
  return variant === null ? [digits] : [digits, variant];
}

function otherSpelling(digits: string): string | null {
  const withNinth = /^55(\d{2})9([6-9]\d{7})$/.exec(digits);
  if (withNinth) return `55${withNinth[1]}${withNinth[2]}`;
  const withoutNinth = /^55(\d{2})([6-9]\d{7})$/.exec(digits);
  if (withoutNinth) return `55${withoutNinth[1]}9${withoutNinth[2]}`;
  const mexico = /^52(1?)(\d{10})$/.exec(digits);
  if (mexico) return mexico[1] === '1' ? `52${mexico[2]}` : `521${mexico[2]}`;
  return null;
}

function argentinianVariant(digits: string): string | null {
  const argentina = /^54(9?)(\d{10})$/.exec(digits);
  if (argentina === null) return null;
  return argentina[1] === '9' ? `54${argentina[2]}` : `549${argentina[2]}`;
}

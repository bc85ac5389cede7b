/** A text as it is searched for and in: without accents, in small letters, so that `joao` finds `João`. */
export function searchText(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/**
 * The digits of a search that looks like a part of a phone number, however it is written; null when it is none, or
 * has fewer than three digits, which every number has somewhere.
 */
export function searchDigits(search: string): string | null {
  if (!/^[+\d\s().-]+$/.test(search)) return null;
  const digits = search.replaceAll(/\D/g, '');
  return digits.length < 3 ? null : digits;
}

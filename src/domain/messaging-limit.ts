/**
 * How many people a messaging limit lets be written to in a day: the number in Meta's word, such as `TIER_2K` or
 * `2000`; `Infinity` when unlimited; null when the word says none, such as `TIER_NOT_SET` (meta-facts §3.1).
 */
export function peopleWithin(limit: string): number | null {
  const word = limit.replace(/^TIER_/, '');
  if (word === 'UNLIMITED') return Number.POSITIVE_INFINITY;
  const match = /^(\d{1,12})(K?)$/.exec(word);
  return match === null ? null : Number(match[1]) * (match[2] === 'K' ? 1000 : 1);
}

/** Whether a messaging limit is lower than another. False where either says no number. */
export function isLower(limit: string, former: string): boolean {
  const [now, before] = [peopleWithin(limit), peopleWithin(former)];
  return now !== null && before !== null && now < before;
}

/** What is known of one person's hold on a phone number. Times are effective times in milliseconds. */
export type Claim = {
  /** When the person was first seen with the number. */
  since: number;
  /** When Meta last said that this is how to reach them; at least `since`. */
  latest: number;
  /** The person's user id: decides between two of the same millisecond. */
  userId: string;
};

/**
 * Who had a number when, of several people who were seen with it: it is theirs with whom Meta named it last, and
 * each of the others had it until the next one was first seen with it. Of the claims only the earliest and the
 * latest times count, so that it does not matter in which order they became known.
 *
 * @returns for each claim, in the order given, the last millisecond in which the number was theirs; null for the
 *   one whose it is now
 */
export function endsOfTenures(claims: readonly Claim[]): (number | null)[] {
  const ends: (number | null)[] = claims.map(() => null);
  const inOrder = claims
    .map((claim, index) => ({ ...claim, index }))
    .sort((one, other) => one.latest - other.latest || (one.userId < other.userId ? -1 : 1));
  let before = 0;
  for (const [place, { latest, index }] of inOrder.entries()) {
    const next = inOrder[place + 1];
    if (next === undefined) break;
    // Two tenures never end together.
    before = Math.max(latest, next.since - 1, before + 1);
    ends[index] = before;
  }
  return ends;
}

/**
 * The candidate that differs from the name by the fewest slips, or null when none is near. A slip is a letter too many,
 * too few or another one, or two neighbours exchanged; case and underscores do not count. A candidate of at least nine
 * letters may differ by two, one of at least six by one, a shorter one by `slipsInShort`: in few letters a slip makes
 * another word.
 */
export function nearestName(
  name: string,
  candidates: readonly string[],
  slipsInShort: 0 | 1 = 0,
): string | null {
  const letters = lettersOf(name);
  const [best] = candidates
    .map((candidate) => {
      const its = lettersOf(candidate);
      const permitted = its.length >= 9 ? 2 : its.length >= 6 ? 1 : slipsInShort;
      return { candidate, permitted, slips: slipsBetween(letters, its) };
    })
    .filter(({ slips, permitted }) => slips <= permitted)
    .sort((first, second) => first.slips - second.slips);
  return best?.candidate ?? null;
}

function lettersOf(name: string): string {
  return name.replaceAll('_', '').toUpperCase();
}

/** The slips between two words (Damerau–Levenshtein, each place changed at most once). */
function slipsBetween(from: string, to: string): number {
  const first = Array.from({ length: to.length + 1 }, (_, index) => index);
  const rows = [first];
  for (let row = 1; row <= from.length; row += 1) {
    const above = rows[row - 1] ?? [];
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const exchanged = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current.push(
        Math.min(
          (above[column - 1] ?? 0) + (same ? 0 : 1),
          (above[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          exchanged ? (rows[row - 2]?.[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    rows.push(current);
  }
  return rows[from.length]?.[to.length] ?? 0;
}

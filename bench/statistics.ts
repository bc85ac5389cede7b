/**
 * The value below which this part of the values lies, by nearest rank.
 *
 * @param part from 0 to 1
 * @throws RangeError when there are no values
 */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.min(sorted.length, Math.max(1, Math.ceil(part * sorted.length)));
  const value = sorted[rank - 1];
  if (value === undefined) throw new RangeError('There are no values.');
  return value;
}

/** The middle value, or the mean of the two in the middle. @throws RangeError when there are no values */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError('There are no values.');
  return (lower + upper) / 2;
}

/**
 * The median of the ratios of what was measured side by side, round by round: the machine drifts between
 * rounds, hardly within one.
 *
 * @throws RangeError when the lists are of different length or empty
 */
export function pairedRatio(ours: readonly number[], theirs: readonly number[]): number {
  if (ours.length !== theirs.length) throw new RangeError('A round lacks its counterpart.');
  return median(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)));
}

const units = [
  { name: 'd', length: 86_400 },
  { name: 'h', length: 3_600 },
  { name: 'min', length: 60 },
  { name: 's', length: 1 },
] as const;

/**
 * A length of time as people say it: its two largest neighbouring units, rounded down, as in `3 h 12 min`.
 *
 * @param milliseconds below zero counts as zero
 */
export function durationInWords(milliseconds: number): string {
  const seconds = Math.floor(Math.max(0, milliseconds) / 1000);
  const largest = units.findIndex(({ length }) => seconds >= length);
  if (largest === -1) return 'less than 1 s';
  let rest = seconds;
  const words: string[] = [];
  for (const { name, length } of units.slice(largest, largest + 2)) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) words.push(`${count} ${name}`);
  }
  return words.join(' ');
}

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

const unitNames: Record<string, number> = { d: 86_400, h: 3_600, min: 60, m: 60, s: 1 };

/**
 * Reads a length of time as people write it: `15 min`, `90s`, `1 h 30 min`, `7 d`.
 *
 * @returns milliseconds, or null when it is none
 */
export function readDuration(text: string): number | null {
  const form = /^(?:\s*\d{1,9}\s*(?:min|[dhms]))+\s*$/;
  if (!form.test(text)) return null;
  let seconds = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)\s*(min|[dhms])/g)) {
    seconds += Number(count) * (unitNames[unit ?? ''] ?? 0);
  }
  return seconds * 1000;
}

/** A length of time to the second, as {@link readDuration} reads it again: `1 d 2 h`; milliseconds are dropped. */
export function writeDuration(milliseconds: number): string {
  let rest = Math.floor(milliseconds / 1000);
  const words: string[] = [];
  for (const { name, length } of units) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) words.push(`${count} ${name}`);
  }
  return words.length === 0 ? '0 s' : words.join(' ');
}

/** The first moment of a month such as `2026-11`, and of the one after it, in UTC; null when it is no month. */
export function monthBounds(month: string): { from: number; until: number } | null {
  const match = /^(20\d{2})-(0[1-9]|1[0-2])$/.exec(month);
  if (match === null) return null;
  const [year, number] = [Number(match[1]), Number(match[2])];
  return { from: Date.UTC(year, number - 1), until: Date.UTC(year, number) };
}

/** The month of a moment in milliseconds, in UTC, such as `2026-11`. */
export function monthOf(at: number): string {
  return new Date(at).toISOString().slice(0, 7);
}

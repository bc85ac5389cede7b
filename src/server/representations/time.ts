/** A time in milliseconds as the API writes it: ISO 8601 in UTC. */
export function isoTime(time: number): string {
  return new Date(time).toISOString();
}

/** The same for a time that may be missing. */
export function isoTimeOrNull(time: number | null): string | null {
  return time === null ? null : isoTime(time);
}

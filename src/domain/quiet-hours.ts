/** The hours of each day in which nobody is disturbed: from and until as `HH:MM`, in an IANA time zone. */
export type QuietHours = { from: string; until: string; timeZone: string };

const MINUTE = 60_000;
const DAY = 24 * 60;

/** Reads quiet hours; null when the value is none. */
export function quietHoursIn(value: Readonly<Record<string, unknown>>): QuietHours | null {
  const { from, until, timeZone } = value;
  if (Object.keys(value).length !== 3 || !isTime(from) || !isTime(until) || from === until) return null;
  return isTimeZone(timeZone) ? { from, until, timeZone } : null;
}

/**
 * When the quiet hours end that hold at a moment; null when none do. Times are milliseconds. Days on which clocks are
 * changed may have their end an hour off: whoever asks again at that moment is told the rest.
 */
export function endOfQuietHours({ from, until, timeZone }: QuietHours, at: number): number | null {
  const begins = minutesOf(from);
  const ends = minutesOf(until);
  const local = minutesAt(at, timeZone);
  const isQuiet = begins < ends ? local >= begins && local < ends : local >= begins || local < ends;
  if (!isQuiet) return null;
  return Math.floor(at / MINUTE) * MINUTE + ((ends - local + DAY) % DAY) * MINUTE;
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value);
}

function isTimeZone(value: unknown): value is string {
  if (typeof value !== 'string' || !/^[A-Za-z]/.test(value)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }) !== null;
  } catch {
    return false;
  }
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The minutes since midnight that a clock of the zone shows. */
function minutesAt(at: number, timeZone: string): number {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  clocks.set(timeZone, clock);
  return minutesOf(clock.format(at));
}

import { language, say } from './language.ts';
import { now } from './now.ts';
import { time } from './words/time.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The time of day in the viewer's zone, such as `14:03`. */
export function timeOfDay(moment: string): string {
  return format(moment, { hour: '2-digit', minute: '2-digit' });
}

/** Day and time in the viewer's zone. */
export function dayAndTime(moment: string): string {
  return format(moment, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
}

/** The time for today, else the day: how lists say when something happened. */
export function shortly(moment: string): string {
  return dayOf(moment) === dayOf(now())
    ? timeOfDay(moment)
    : format(moment, { day: 'numeric', month: 'short' });
}

/** The day in the viewer's zone, in words. */
export function dayName(moment: string): string {
  const day = dayOf(moment);
  if (day === dayOf(now())) return say(time.today);
  if (day === dayOf(now() - DAY)) return say(time.yesterday);
  return format(moment, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** Something that is the same for two moments of one day in the viewer's zone. */
export function dayOf(moment: string | number): string {
  return new Date(moment).toDateString();
}

/** How long it still is until a moment. Rounded down: nobody is promised more than there is. */
export function until(moment: string): string {
  const minutes = Math.floor((Date.parse(moment) - now()) / MINUTE);
  if (minutes < 1) return say(time.moment);
  return minutes < 60 ? say(time.minutes)(minutes) : say(time.hours)(Math.floor(minutes / 60), minutes % 60);
}

function format(moment: string, options: Intl.DateTimeFormatOptions): string {
  // British days and hours: no am and pm, which nobody in an office likes to add up.
  const locale = language.value === 'en' ? 'en-GB' : language.value;
  return new Intl.DateTimeFormat(locale, options).format(new Date(moment));
}

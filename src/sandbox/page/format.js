// @ts-check
import { texts } from './texts.js';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const shortClock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/**
 * The time of day with seconds, in the viewer's zone.
 *
 * @param {number | string} moment milliseconds or ISO 8601
 */
export function timeOfDay(moment) {
  return clock.format(new Date(moment));
}

/**
 * The time of day as a phone shows it.
 *
 * @param {number | string} moment milliseconds or ISO 8601
 */
export function shortTime(moment) {
  return shortClock.format(new Date(moment));
}

/**
 * How long something still lasts, such as `23 h 59 min`. Rounded down: nobody is promised more than there is.
 *
 * @param {number} milliseconds
 */
export function remaining(milliseconds) {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return texts.time.moment;
  if (minutes < 60) return texts.time.minutes(minutes);
  return texts.time.hoursAndMinutes(Math.floor(minutes / 60), minutes % 60);
}

/**
 * One or two letters that stand for a person.
 *
 * @param {string} name
 */
export function initials(name) {
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const first = words.at(0);
  if (first === undefined) return '?';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return [first, last].map((word) => Array.from(word)[0]?.toUpperCase() ?? '').join('');
}

/**
 * At most so many characters, on one line.
 *
 * @param {string} text
 * @param {number} length
 */
export function shorten(text, length) {
  const characters = Array.from(text.replace(/\s+/g, ' ').trim());
  return characters.length <= length
    ? characters.join('')
    : `${characters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`;
}

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

const calendar = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
const fullClock = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/**
 * The day, in the viewer's zone.
 *
 * @param {number} moment milliseconds
 */
export function calendarDay(moment) {
  return calendar.format(new Date(moment));
}

/** @param {Date} moment */
export function dateAndTime(moment) {
  return fullClock.format(moment);
}

/**
 * How long ago something was: in days when that is long.
 *
 * @param {number} milliseconds
 */
export function elapsed(milliseconds) {
  const hours = Math.floor(milliseconds / 3_600_000);
  return hours < 48 ? remaining(milliseconds) : texts.time.days(Math.floor(hours / 24));
}

/**
 * Both spellings of a Brazilian mobile; null for any other number.
 *
 * @param {string} typed a number as people type it
 * @returns {{ digits: string, readable: string, hasNinth: boolean }[] | null}
 */
export function brazilianSpellings(typed) {
  const found = /^55(\d{2})9?([6-9]\d{3})(\d{4})$/.exec(typed.replace(/\D/g, ''));
  if (found === null) return null;
  const [, area = '', first = '', last = ''] = found;
  return [
    { digits: `55${area}9${first}${last}`, readable: `+55 ${area} 9${first} ${last}`, hasNinth: true },
    { digits: `55${area}${first}${last}`, readable: `+55 ${area} ${first} ${last}`, hasNinth: false },
  ];
}

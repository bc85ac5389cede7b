// @ts-check
import { shorten } from './format.js';
import { texts } from './texts.js';

/** @import { Event } from './gateway.js' */

/** A summary shows so much of a message. */
const shownText = 80;

/**
 * One line for people about an event. Payloads come from WhatsApp, so nothing about their shape is believed.
 *
 * @param {Event} event
 * @param {(contactId: string | null, number: unknown) => string} nameOf
 */
export function summaryOf(event, nameOf) {
  const says = texts.says;
  const line =
    sentence(event, nameOf) ?? (event.kind === 'unrecognised' ? says.unrecognised : says.other(event.kind));
  return event.foreign ? line + says.foreign : line;
}

/**
 * @param {Event} event
 * @param {(contactId: string | null, number: unknown) => string} nameOf
 */
function sentence(event, nameOf) {
  const says = texts.says;
  const payload = members(event.payload);
  if (event.kind === 'message') {
    const who = nameOf(event.contactId, payload.from);
    const text = members(payload.text).body;
    if (typeof text === 'string') return says.wrote(who, shorten(text, shownText));
    return says.sent(who, word(payload.type));
  }
  if (event.kind === 'status') {
    const who = nameOf(event.contactId, payload.recipient_id);
    const error = members([payload.errors].flat()[0]);
    if (payload.status !== 'failed') return says.status(who, word(payload.status));
    return says.statusFailed(who, word(error.title ?? members(error.error_data).details));
  }
  if (event.kind === 'notification') {
    const who = nameOf(event.contactId, payload.to);
    const title = members(payload.failure).title;
    if (payload.state !== 'failed' || typeof title !== 'string') {
      return says.notification(who, word(payload.state));
    }
    return payload.decision === 'refuse'
      ? says.notificationRefused(who, title)
      : says.notificationFailed(who, title);
  }
  if (event.kind === 'alarm') return says.alarm(word(payload.news), word(payload.sentence));
  return null;
}

/**
 * The members of an object; none when it is no object.
 *
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
export function members(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** @param {unknown} value */
function word(value) {
  return typeof value === 'string' || typeof value === 'number' ? shorten(String(value), shownText) : '?';
}

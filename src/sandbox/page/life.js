// @ts-check
import { members } from './summary.js';

/** @import { Event } from './gateway.js' */

/** The steps of a notification's life that the page draws, in order. */
export const steps = /** @type {const} */ (['queued', 'accepted', 'sent', 'delivered', 'read']);

/** @typedef {(typeof steps)[number]} Step */
/** @typedef {{ code: string, metaCode: number | null, title: string, details: string | null, remedy: string }} Failure */
/**
 * What became of one notification so far.
 *
 * @typedef {{
 *   id: string, to: string, contactId: string | null, state: string, decision: string, because: string,
 *   failure: Failure | null, metaHold: boolean, reachedAt: Partial<Record<Step, string>>, furthest: number,
 * }} Life
 */

/**
 * The life after one more event about it. Events of other kinds, and ones without an id, change nothing.
 *
 * @param {Life | undefined} before
 * @param {Event} event
 * @returns {Life | undefined}
 */
export function afterEvent(before, event) {
  const payload = members(event.payload);
  const id = payload.notificationId;
  if (event.kind !== 'notification' || typeof id !== 'string') return before;
  const state = text(payload.state);
  const step = stepOf(state);
  const reachedAt = { ...before?.reachedAt };
  if (step !== null) reachedAt[step] ??= event.occurredAt ?? event.receivedAt;
  return {
    id,
    to: text(payload.to),
    contactId: event.contactId ?? before?.contactId ?? null,
    state,
    decision: text(payload.decision),
    because: text(payload.because),
    failure: failureOf(payload.failure),
    metaHold: payload.metaHold === true,
    reachedAt,
    furthest: Math.max(before?.furthest ?? -1, step === null ? -1 : steps.indexOf(step)),
  };
}

/** True when this life will not go on by itself. @param {Life} life */
export function isOver(life) {
  return ['read', 'failed', 'expired', 'cancelled'].includes(life.state);
}

/**
 * @param {string} state
 * @returns {Step | null}
 */
function stepOf(state) {
  return steps.find((step) => step === state) ?? null;
}

/**
 * @param {unknown} value
 * @returns {Failure | null}
 */
function failureOf(value) {
  const failure = members(value);
  if (typeof failure.title !== 'string') return null;
  return {
    code: text(failure.code),
    metaCode: typeof failure.metaCode === 'number' ? failure.metaCode : null,
    title: failure.title,
    details: typeof failure.details === 'string' ? failure.details : null,
    remedy: text(failure.remedy),
  };
}

/** @param {unknown} value */
function text(value) {
  return typeof value === 'string' ? value : '';
}

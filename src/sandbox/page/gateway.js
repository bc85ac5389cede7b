// @ts-check
import { texts } from './texts.js';

/**
 * The gateway's and the sandbox's JSON, as far as the page looks at it.
 *
 * @typedef {{ id: string, kind: string, occurredAt: string | null, receivedAt: string, contactId: string | null, foreign: boolean, payload: unknown }} Event
 * @typedef {{ open: boolean, closesAt: string | null }} Window
 * @typedef {{ id: string, name: string | null, waId: string | null, wroteIn: boolean, window: Window, identifiers: { kind: string, value: string }[] }} Contact
 * @typedef {import('../../simulator/people/phone-message.ts').PhoneMessage} PhoneMessage
 * @typedef {{ waId: string, number: string, name: string, username: string | null, online: boolean, blocked: boolean, typing: boolean, window: { open: boolean, closesAt: number | null }, messages: PhoneMessage[] }} Person
 * @typedef {{ name: string, language: string, bodyParameters: number }} Template
 * @typedef {{ runId: string, url: string, business: { name: string, number: string }, templates: Template[], pretendAdminKey: string | null, time: import('./simulated-time.js').SimulatedTime, eventKinds: string[], feedStart: string, textMaxLength: number }} Setup
 * @typedef {{ title: string, detail?: string, remedy?: string, code?: string, notificationId?: string }} Problem
 * @typedef {{ ok: true, body: any } | { ok: false, problem: Problem }} Answer
 */

/**
 * Asks the gateway. Never throws: without an answer there is a problem that says so.
 *
 * @param {string} path
 * @param {unknown} [body] makes it a POST
 * @param {Record<string, string>} [headers]
 * @returns {Promise<Answer>}
 */
export async function ask(path, body, headers = {}) {
  try {
    const response = await fetch(path, {
      ...(body === undefined
        ? {}
        : {
            method: 'POST',
            body: JSON.stringify(body),
            headers: { ...headers, 'content-type': 'application/json' },
          }),
    });
    if (response.status === 401) reopen();
    const json = response.status === 204 ? null : await response.json().catch(() => null);
    if (response.ok) return { ok: true, body: json };
    return {
      ok: false,
      problem: typeof json?.title === 'string' ? json : { title: texts.problemUnexpected(response.status) },
    };
  } catch {
    return { ok: false, problem: { title: texts.problemUnreachable } };
  }
}

/** The sandbox started anew, so this page's session and all it shows are of the past. At most every 5 s. */
export function reopen() {
  const last = Number(sessionStorage.getItem('reopened') ?? 0);
  if (Date.now() - last < 5_000) return;
  sessionStorage.setItem('reopened', String(Date.now()));
  location.reload();
}

/** A key under which the same click is never sent twice. `crypto.randomUUID` is missing outside https. */
export function freshKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

/**
 * A stream of server-sent events that pauses while nobody looks (a browser opens only six connections to one
 * host, and each page holds two) and comes back by itself.
 *
 * @param {{ address: () => string, kinds: readonly string[], onEvent: (kind: string, json: string, id: string) => void, onState: (open: boolean) => void }} options
 */
export function follow({ address, kinds, onEvent, onState }) {
  /** @type {EventSource | null} */
  let source = null;
  let again = 0;

  const open = () => {
    if (source !== null || document.hidden) return;
    const opened = new EventSource(address());
    source = opened;
    for (const kind of kinds) {
      opened.addEventListener(kind, (event) => onEvent(kind, event.data, event.lastEventId));
    }
    opened.addEventListener('open', () => onState(true));
    opened.addEventListener('error', () => {
      onState(false);
      // The browser retries a broken connection by itself, but gives up for ever when it is answered an error.
      if (opened.readyState !== EventSource.CLOSED) return;
      source = null;
      void ask('/sandbox/people');
      clearTimeout(again);
      again = setTimeout(open, 1_000);
    });
  };

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) return open();
    source?.close();
    source = null;
  });
  open();
}

import { isJsonObject } from '../../domain/json.ts';
import type { PhoneMessage } from '../people/phone-message.ts';
import type { RateBreach } from '../send/throttling.ts';
import type { RunEvent, RunLog } from './run-log.ts';

/** Whether a message is meant: its text, a part of it by a pattern, or anything a function sees in it. */
type MeantMessage = string | RegExp | ((message: PhoneMessage) => boolean);

/**
 * Judges a run by what happened in it. Each judgement returns a sentence that says what was found, or throws an
 * error whose message says what was found and what was expected. Await `drain()` first.
 */
export type Judge = {
  /** Everything that happened, oldest first: what people received and wrote, webhooks, calls. */
  events(): readonly RunEvent[];
  /** What a person received, oldest first. */
  received(waId: string): PhoneMessage[];
  /** The person received such a message, and no second one. */
  receivedOnce(waId: string, meant: MeantMessage): string;
  /** The person received these, one after the other; others may stand between them. */
  receivedInOrder(waId: string, ...meant: MeantMessage[]): string;
  /**
   * Everything that people wrote was followed by a message of the business within this time.
   *
   * @param milliseconds of simulated time
   * @param waId only what this person wrote
   */
  answeredWithin(milliseconds: number, waId?: string): string;
  /**
   * No send went beyond a limit of Meta's (meta-facts §6): of the business phone's throughput, or of the pair of phone
   * and person. One that was refused for it counts as well.
   */
  noRateBreach(): string;
  /**
   * Nobody received the same twice.
   *
   * @param sameness what makes two messages the same; their words when left out
   */
  nothingTwice(sameness?: (message: PhoneMessage) => string): string;
  /** Every webhook was acknowledged in the end. */
  everythingAcknowledged(): string;
};

/** It was not as it was judged to be. The message says what was found and what was expected. */
export class JudgementFailed extends Error {
  override name = 'JudgementFailed';
}

/** What a judge is told of the limits. */
export type JudgedLimits = {
  /** The sends that went beyond them, oldest first. */
  breaches(): readonly RateBreach[];
  /** The WhatsApp id of somebody whom a breach names. */
  nameOf(person: string): string;
};

/** A judge of the run that a log has seen. */
export function createJudge(log: RunLog, limits: JudgedLimits): Judge {
  function messagesOf(kind: 'received' | 'written'): { at: number; waId: string; message: PhoneMessage }[] {
    return log.events().flatMap((event) => (event.kind === kind ? [event] : []));
  }

  function received(waId: string): PhoneMessage[] {
    return messagesOf('received').flatMap((one) => (one.waId === waId ? [one.message] : []));
  }

  function receivedOnce(waId: string, meant: MeantMessage): string {
    const found = received(waId).filter((message) => isMeant(message, meant));
    if (found.length === 1) return `${waId} received ${shown(meant)} once.`;
    throw new JudgementFailed(
      `${waId} was to receive ${shown(meant)} once and received it ${times(found.length)}. All that they received: ${listed(received(waId))}.`,
    );
  }

  function receivedInOrder(waId: string, ...meant: MeantMessage[]): string {
    const messages = received(waId);
    let from = 0;
    for (const [index, one] of meant.entries()) {
      const next = messages.findIndex((message, place) => place >= from && isMeant(message, one));
      if (next === -1) {
        throw new JudgementFailed(
          `${waId} was to receive ${meant.map(shown).join(', then ')}; number ${index + 1}, ${shown(one)}, did not come in its turn. All that they received, in order: ${listed(messages)}.`,
        );
      }
      from = next + 1;
    }
    return `${waId} received ${meant.map(shown).join(', then ')}.`;
  }

  function answeredWithin(milliseconds: number, waId?: string): string {
    const written = messagesOf('written').filter((one) => waId === undefined || one.waId === waId);
    const answers = messagesOf('received');
    let longest = 0;
    for (const { at, waId: writer, message } of written) {
      const answer = answers.find(
        (one) => one.waId === writer && one.at >= at && one.message.phoneNumberId === message.phoneNumberId,
      );
      const took = answer === undefined ? Number.POSITIVE_INFINITY : answer.at - at;
      if (took > milliseconds) {
        const outcome = answer === undefined ? 'was never answered' : `was answered after ${took} ms`;
        throw new JudgementFailed(
          `Everything was to be answered within ${milliseconds} ms; "${message.text}" of ${writer} ${outcome}.`,
        );
      }
      longest = Math.max(longest, took);
    }
    return `Of ${written.length} messages each was answered within ${longest} ms.`;
  }

  function noRateBreach(): string {
    const breaches = limits.breaches();
    if (breaches.length === 0) {
      return `${log.events().filter(isAcceptedSend).length} sends stayed within Meta's limits.`;
    }
    const sentences = breaches.map(({ phoneNumberId, person }) =>
      person === null
        ? `the business phone ${phoneNumberId} had more messages in a second than its throughput allows`
        : `the business phone ${phoneNumberId} wrote to ${limits.nameOf(person)} faster than once in 6 seconds, with 45 borrowed`,
    );
    const [first] = breaches;
    const since = first === undefined ? '' : `, first at ${new Date(first.at).toISOString()}`;
    throw new JudgementFailed(
      `Meta's limits were to be kept; ${times(breaches.length)} they were not${since}: ${[...new Set(sentences)].join('; ')}.`,
    );
  }

  function nothingTwice(sameness: (message: PhoneMessage) => string = ({ text }) => text): string {
    const seen = new Map<string, PhoneMessage>();
    const all = messagesOf('received');
    for (const { waId, message } of all) {
      const key = JSON.stringify([waId, message.phoneNumberId, sameness(message)]);
      const before = seen.get(key);
      if (before !== undefined) {
        throw new JudgementFailed(
          `Nobody was to receive the same twice; ${waId} received "${message.text}" as ${before.id} and again as ${message.id}.`,
        );
      }
      seen.set(key, message);
    }
    return `${all.length} messages were received, none of them twice.`;
  }

  function everythingAcknowledged(): string {
    const reports = log.events().flatMap((event) => (event.kind === 'webhook' ? [event.report] : []));
    const begun = reports.filter(
      ({ attempt, outcome }) => attempt === 1 || (attempt === 0 && outcome === 'dropped'),
    );
    const acknowledged = reports.filter(({ outcome }) => outcome === 'acknowledged').length;
    const dropped = reports.filter(({ outcome }) => outcome === 'dropped');
    const waiting = begun.length - acknowledged - dropped.length;
    if (dropped.length === 0 && waiting <= 0) return `${acknowledged} webhooks were acknowledged.`;
    const [first] = dropped;
    const why =
      first === undefined ? '' : ` The first that was given up is of ${first.about}: ${first.reason}`;
    throw new JudgementFailed(
      `All of ${begun.length} webhooks were to be acknowledged; ${acknowledged} were, ${waiting} wait for another try, ${dropped.length} were given up.${why}`,
    );
  }

  return {
    events: log.events,
    received,
    receivedOnce,
    receivedInOrder,
    answeredWithin,
    noRateBreach,
    nothingTwice,
    everythingAcknowledged,
  };
}

/** A message that Meta has taken; marking as read is none. */
function isAcceptedSend(event: RunEvent): boolean {
  if (event.kind !== 'call' || event.request.status !== 200) return false;
  const { path, body, method } = event.request;
  if (method !== 'POST' || !/\/messages(?:\?|$)/.test(path) || !isJsonObject(body)) return false;
  return body.to !== undefined || body.recipient !== undefined;
}

function isMeant(message: PhoneMessage, meant: MeantMessage): boolean {
  if (typeof meant === 'string') return message.text === meant;
  return meant instanceof RegExp ? meant.test(message.text) : meant(message);
}

function shown(meant: MeantMessage): string {
  if (typeof meant === 'string') return `"${meant}"`;
  return meant instanceof RegExp ? `what matches ${meant}` : 'the message that was described';
}

function listed(messages: readonly PhoneMessage[]): string {
  return messages.map(({ text }) => `"${text}"`).join(', ') || 'nothing';
}

function times(count: number): string {
  return count === 0 ? 'not at all' : count === 1 ? 'once' : `${count} times`;
}

import { effectiveTime, windowAt } from '../../domain/conversation.ts';
import type { EventKind } from '../../domain/event.ts';
import { businessPhoneOf, type Lane } from '../../domain/lane.ts';
import { identifierOf } from '../../domain/person.ts';
import type { EventKeys } from '../../whatsapp/event-key.ts';
import { type ParsedEvent, parseWebhookInTurns, rawOnlyEvent } from '../../whatsapp/parse-webhook.ts';
import type { Reached } from '../crash-points.ts';
import { createPlaceEvent, type OurPhones } from './place-event.ts';

/** A webhook whose signature is right, read and ready to be kept. Plain data: it crosses to a thread. */
export type IncomingWebhook = {
  /** The bytes as they came. */
  body: Uint8Array;
  /** Which app secret signed it. */
  secretFingerprint: string;
  /** Milliseconds. */
  receivedAt: number;
  events: IncomingEvent[];
};

/** One element of an incoming webhook, as the feed will hold it. */
export type IncomingEvent = Pick<ParsedEvent, 'kind' | 'path' | 'occurredAt' | 'identity' | 'digest'> & {
  lane: Lane;
  foreign: boolean;
};

/** What became of an incoming webhook. */
export type AppendedWebhook = {
  /** Null when it held nothing new, so that its body is not kept a second time. */
  webhookId: number | null;
  /** Indexes of the events that are new to the feed. */
  fresh: number[];
};

/** What receiving asks of the store, through a group commit. */
export type AppendWebhook = (webhook: IncomingWebhook) => Promise<AppendedWebhook>;

/** What receiving tells the log and the counters, after the commit and for new events only. */
export type ReceiveReport = {
  webhookReceived(facts: { webhookId: number; kinds: Record<string, number>; foreign: number }): void;
  messageReceived(facts: {
    from: string | null;
    type: string;
    text: string | null;
    messageId: string | null;
    windowAlreadyClosed: boolean;
  }): void;
  foreignWebhook(facts: { businessPhoneId: string }): void;
};

/** The body and what came with it. */
export type VerifiedWebhook = { body: Uint8Array; secretFingerprint: string; receivedAt: number };

/**
 * Makes the step from verified bytes to kept events: read, append, report. It resolves after the commit
 * and rejects when nothing can be committed; the caller then answers 503 and Meta comes again.
 */
export function createReceiveWebhook(options: {
  keys: EventKeys;
  append: AppendWebhook;
  phones: OurPhones;
  report: ReceiveReport;
  reached: Reached;
}): (webhook: VerifiedWebhook) => Promise<void> {
  const { keys, append, report, reached } = options;
  const place = createPlaceEvent(options.phones);

  return async ({ body, secretFingerprint, receivedAt }) => {
    reached('after-verify');
    const { events: parsed } = await parseWebhookInTurns(body, keys, { withDigests: true }, nextTurn);
    const events = parsed.map(place);
    const appended = await append({ body, secretFingerprint, receivedAt, events });
    reached('after-commit');
    if (appended.webhookId === null) return;

    const fresh = appended.fresh.flatMap((index) => {
      const event = parsed[index];
      const kept = events[index];
      return event === undefined || kept === undefined ? [] : [{ event, kept }];
    });
    // Only another content of what is known already: kept, and nothing new to tell.
    if (fresh.length === 0) return;
    report.webhookReceived({
      webhookId: appended.webhookId,
      kinds: countKinds(fresh.map(({ kept }) => kept.kind)),
      foreign: fresh.filter(({ kept }) => kept.foreign).length,
    });
    const strangers = new Set(
      fresh.flatMap(({ kept }) => (kept.foreign ? [businessPhoneOf(kept.lane)] : [])),
    );
    for (const stranger of strangers)
      if (stranger !== null) report.foreignWebhook({ businessPhoneId: stranger });
    for (const { event, kept } of fresh) if (!kept.foreign) reportMessage(event, receivedAt);
  };

  function reportMessage({ facts, occurredAt }: ParsedEvent, receivedAt: number): void {
    if (facts.fact !== 'message') return;
    const { identifiers } = facts.sender;
    report.messageReceived({
      from: identifierOf(identifiers, 'wa_id') ?? identifierOf(identifiers, 'user_id'),
      type: facts.type,
      text: facts.text,
      messageId: facts.messageId,
      windowAlreadyClosed:
        facts.opensWindow && !windowAt(effectiveTime(occurredAt, receivedAt), receivedAt).open,
    });
  }
}

/** The same webhook in the one form that cannot fail: its bytes and a single `unrecognised` event. */
export function rawOnlyWebhook(webhook: IncomingWebhook, keys: EventKeys): IncomingWebhook {
  const event = rawOnlyEvent(webhook.body, keys);
  return { ...webhook, events: [{ ...event, foreign: false }] };
}

/** Lets everything else have its turn. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function countKinds(kinds: readonly EventKind[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

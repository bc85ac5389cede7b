import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { printable } from '../adapters/telemetry/printable.ts';
import type { DeliveryResult } from '../destinations.ts';
import { eventId, eventPosition } from '../domain/event.ts';
import type { CommandContext } from './command-context.ts';

import { eventSchema, type ShownEvent } from './describe-event.ts';
import { eventLine } from './event-line.ts';
import { fitText } from './fit-text.ts';
import { followFeed } from './follow-feed.ts';
import type { ForwardAddress } from './forward-address.ts';
import { forwardEvent } from './forward-event.ts';
import { forwardingFile, readForwardingState, writeForwardingState } from './forwarding-file.ts';
import { callGateway, findGateway } from './gateway-client.ts';
import { hideEvents } from './hidden-events.ts';

/** How often, and with which pauses in milliseconds, is looked whether Recado knows who wrote a message. */
const CONTACT_LOOKS = 10;
const CONTACT_PAUSE = 50;

/** As much of an answer as is shown, in columns. */
const EXCERPT_COLUMNS = 100;

/** What to forward, and where. */
export type ForwardRequest = {
  address: ForwardAddress;
  /** Where to begin, when the command says so; without it, where the last run for this address ended. */
  begin: string | 'end' | null;
  /** Empty for all. */
  kinds: readonly string[];
  foreign: boolean;
  /** After so many forwarded events it ends. */
  count: number;
  json: boolean;
};

/**
 * Follows the feed and forwards each event to an address, one after another, until the signal or the count. Where it is
 * stands in a file, written after each event that was taken: the next run goes on there, so that nothing is missed;
 * what was under way when it was stopped arrives twice, with the same `webhook-id`.
 */
export async function forwardFeed(
  request: ForwardRequest,
  context: CommandContext,
  stopped: AbortSignal,
): Promise<void> {
  const { address, kinds, count, json } = request;
  const file = forwardingFile(context.folder, address.shown);
  const state = readForwardingState(file, address.shown);
  if (request.begin !== null) {
    Object.assign(state, { after: request.begin === 'end' ? null : request.begin, key: null });
  }
  const hidden = hideEvents(kinds, request.foreign);
  const toldHidden = new Set<string>();
  const enough = new AbortController();
  const signal = AbortSignal.any([stopped, enough.signal]);
  let taken = 0;

  const destination = await address.open();
  const say = json ? context.remark : context.print;
  const place = state.after === null ? 'what comes from now on' : `what comes after ${state.after}`;
  say(
    `Forwarding ${place} to ${address.shown}. Stop with Ctrl-C; the next start goes on where this one ends.`,
  );
  say(`The receiver verifies with the secret ${state.secret}`);

  const keep = (after: string, key: string | null) => {
    if (state.after === after && state.key === key) return;
    Object.assign(state, { after, key });
    writeForwardingState(file, state);
  };

  async function forward(event: ShownEvent): Promise<void> {
    const reason = hidden.hides(event);
    if (reason !== null) {
      if (!toldHidden.has(reason)) context.remark(`Not forwarded: events ${reason}.`);
      toldHidden.add(reason);
      keep(event.id, event.key);
      return;
    }
    const whole = await withContact(event, context);
    const forwarded = await forwardEvent(whole, {
      url: address.url,
      destination,
      secret: state.secret,
      signal,
      failed: (answer) => context.remark(failureLine(whole, answer)),
    });
    if (forwarded === null) return;
    keep(event.id, event.key);
    const { status, took, tries } = forwarded;
    context.print(
      json
        ? JSON.stringify({ event: event.id, webhookId: event.key, kind: event.kind, status, took, tries })
        : `${eventLine(whole)}  → ${status} in ${took} ms${tries === 1 ? '' : `, at try ${tries}`}`,
    );
    taken += 1;
    if (taken >= count) enough.abort();
  }

  try {
    await followFeed({
      find: () => findGateway(context),
      after: state.after,
      afterKey: state.key,
      again: `npx recado listen --forward-to ${address.shown}`,
      kinds: [],
      context,
      signal,
      report: {
        event: forward,
        async place(id) {
          // The key of what the feed ended with tells at the next start whether it is still the same feed.
          if (id !== state.after) keep(id, await keyOf(id, context));
        },
        lost: (id) => context.remark(`The gateway went away; going on after ${id} as soon as it is back.`),
        resumed: (id) => context.remark(`The gateway is back; going on after ${id}.`),
      },
    });
  } finally {
    await destination.close();
    const counted = hidden.counted();
    if (counted !== null) context.remark(counted);
    if (state.after !== null)
      context.remark(`Forwarded ${taken}. The next start goes on after ${state.after}.`);
  }
}

function failureLine(event: ShownEvent, answer: DeliveryResult): string {
  const found = answer.outcome === 'answered' ? answered(answer) : unanswered(answer);
  return `${event.id} is not taken: ${found}. It is tried until the answer is 2xx; to leave it out, stop and start with --after ${event.id}.`;
}

/** A page says nothing in its beginning. */
function answered({ status, excerpt }: Extract<DeliveryResult, { outcome: 'answered' }>): string {
  const isSaid = excerpt !== '' && !excerpt.startsWith('<');
  return `answered ${status}${isSaid ? ` “${fitText(excerpt, EXCERPT_COLUMNS)}”` : ''}`;
}

function unanswered({ fault, found }: Extract<DeliveryResult, { outcome: 'unanswered' }>): string {
  return fault === 'refused' ? 'nobody listens there' : printable(found);
}

const pageSchema = z.looseObject({ data: z.array(eventSchema) });

/** The event at an id; null when it cannot be had now. */
async function eventAt(id: string, context: CommandContext): Promise<ShownEvent | null> {
  const position = eventPosition(id) ?? 0;
  if (position === 0) return null;
  const path = `/v1/events?limit=1&after=${eventId(position - 1)}`;
  const answer = await callGateway(findGateway(context), path).catch(() => null);
  const page = pageSchema.safeParse(answer?.body);
  const event = page.data?.data[0];
  return event?.id === id ? event : null;
}

async function keyOf(id: string, context: CommandContext): Promise<string | null> {
  return (await eventAt(id, context))?.key ?? null;
}

/**
 * A message with its contact. The stream shows events when they are committed, a moment before Recado has worked out
 * whose they are; an endpoint is sent them after that, and so is the receiver here.
 */
async function withContact(event: ShownEvent, context: CommandContext): Promise<ShownEvent> {
  if (event.kind !== 'message' || event.foreign) return event;
  let latest = event;
  for (let look = 0; latest.contactId === null && look < CONTACT_LOOKS; look += 1) {
    if (look > 0) await pause(CONTACT_PAUSE);
    latest = (await eventAt(event.id, context)) ?? latest;
  }
  return latest;
}

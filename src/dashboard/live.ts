import { signal } from '@preact/signals';
import type { EventBody } from '../client/generated.ts';
import { language } from './language.ts';

/** Whether events come in at present. */
export const connection = signal<'connecting' | 'live' | 'away'>('connecting');

type Listener = (event: EventBody) => void;

const listeners = new Set<Listener>();
let source: EventSource | null = null;
let last: string | null = null;

/** How long to wait with opening a stream anew that was refused, in milliseconds. */
const PATIENCE = 3_000;

/** Hears every event from now on, until the function that it gives is called. */
export function onEvent(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Follows the feed: one stream for all that is shown. A browser resumes by itself behind the last event that it has
 * seen; where the stream was refused (Recado just started), it is opened anew behind that event, or from now on where
 * the feed does not go on from there.
 */
export function followFeed(): void {
  const query = new URLSearchParams({ language: language.value, ...(last === null ? {} : { after: last }) });
  const opened = new EventSource(`/v1/events/stream?${query}`);
  source = opened;
  opened.addEventListener('open', () => {
    connection.value = 'live';
  });
  opened.addEventListener('error', () => {
    connection.value = 'away';
    if (opened.readyState !== EventSource.CLOSED) return;
    setTimeout(async () => {
      if (await isPlaceLost()) last = null;
      if (source === opened) followFeed();
    }, PATIENCE);
  });
  for (const kind of kinds) opened.addEventListener(kind, hear);
}

/** An EventSource does not tell with what it was refused. */
async function isPlaceLost(): Promise<boolean> {
  if (last === null) return false;
  const query = new URLSearchParams({ after: last, limit: '1' });
  const answer = await fetch(`/v1/events?${query}`).catch(() => null);
  return answer?.status === 410;
}

/** Ends the stream. */
export function leaveFeed(): void {
  source?.close();
  source = null;
  connection.value = 'connecting';
}

function hear({ data, lastEventId }: MessageEvent<string>): void {
  last = lastEventId;
  const event: EventBody = JSON.parse(data);
  for (const listener of listeners) listener(event);
}

/** The kinds of events. The compiler asks for one that is missing here. */
export const everyKind: Record<EventBody['kind'], true> = {
  message: true,
  status: true,
  notification: true,
  alarm: true,
  error: true,
  action: true,
  context: true,
  call: true,
  echo: true,
  history: true,
  sync: true,
  preference: true,
  identity: true,
  group: true,
  template: true,
  account: true,
  phone: true,
  security: true,
  flow: true,
  handover: true,
  standby: true,
  payment: true,
  partner: true,
  tracking: true,
  unrecognised: true,
};
const kinds = Object.keys(everyKind);

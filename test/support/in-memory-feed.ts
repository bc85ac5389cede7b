import { type Event, type EventKind, eventKinds } from '../../src/domain/event.ts';
import { phoneLane } from '../../src/domain/lane.ts';
import type { EventPorts } from '../../src/server/routes/events.ts';
import { readContent } from '../../src/whatsapp/read-content.ts';

const payload = { type: 'text', text: { body: 'Oi\n\ntudo bem?' } };

/**
 * A feed in memory that counts how it is read. An answer arrives a turn of the event loop after it was true, as
 * from a database. Every third event made in bulk is a message.
 */
export function createFeed() {
  const events: Event[] = [];
  const listeners = new Set<() => void>();
  const starts: number[] = [];
  let forgotten = 0;
  let waiting: { readings: number; resolve: () => void }[] = [];

  function matching(after: number, kinds: EventKind[] | null): Event[] {
    return events.filter((event) => event.position > after && (kinds === null || kinds.includes(event.kind)));
  }

  function appendUnnoticed(kind: EventKind): void {
    const position = events.length + 1;
    events.push({
      position,
      key: position.toString(16).padStart(40, '0'),
      kind,
      lane: phoneLane('200100200100200'),
      occurredAt: Date.parse('2026-11-20T11:59:59Z'),
      receivedAt: Date.parse('2026-11-20T12:00:00Z'),
      businessPhoneId: '200100200100200',
      contactId: null,
      foreign: false,
      revision: 1,
      replayed: false,
      webhookId: 1,
      payload,
      content: readContent(kind, payload),
      metaTest: false,
    });
  }

  function append(kind: EventKind): void {
    appendUnnoticed(kind);
    for (const listener of listeners) listener();
  }

  const ports: EventPorts = {
    async listEvents({ after, kinds, limit, newest }) {
      starts.push(after);
      const found =
        newest === true
          ? matching(0, kinds)
              .filter(({ position }) => position < after)
              .toReversed()
          : matching(after, kinds);
      const page = found.slice(0, limit);
      for (const { resolve } of waiting.filter(({ readings }) => starts.length >= readings)) resolve();
      waiting = waiting.filter(({ readings }) => starts.length < readings);
      await turn();
      return page;
    },
    async lastPosition() {
      const position = events.length;
      await turn();
      return position;
    },
    async countHidden({ after, until, kinds }) {
      const between = matching(after, null).filter(({ position }) => position <= until);
      return eventKinds
        .filter((kind) => !kinds.includes(kind))
        .map((kind) => ({ kind, count: between.filter((event) => event.kind === kind).length }))
        .filter(({ count }) => count > 0)
        .sort((one, other) => (one.kind < other.kind ? -1 : 1));
    },
    async readFeedBounds() {
      return { forgotten, given: events.length };
    },
    onAppended(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  return {
    ...ports,
    append,
    appendUnnoticed,
    matching,
    appendMany(count: number, kind?: EventKind): void {
      for (let index = 0; index < count; index += 1) {
        append(kind ?? (index % 3 === 0 ? 'message' : (eventKinds[1 + (index % 5)] ?? 'status')));
      }
    },
    /** Says that the events up to a position were forgotten. */
    forget(until: number): void {
      forgotten = until;
    },
    /** Appends one by one, with a turn of the event loop between. */
    async appendSoon(count: number): Promise<void> {
      for (let index = 0; index < count; index += 1) {
        append(index % 3 === 0 ? 'message' : 'status');
        await turn();
      }
    },
    /** Resolves once the feed was read so many times. */
    readings: (count: number): Promise<void> =>
      starts.length >= count
        ? Promise.resolve()
        : new Promise((resolve) => waiting.push({ readings: count, resolve })),
    readingsSoFar: () => starts.length,
    /** Behind which positions it was read. */
    starts: () => [...starts],
    listeners: () => listeners.size,
  };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

import type { ServerResponse } from 'node:http';
import { pageHeaders } from './page-files.ts';
import { type PretendPeople, personOnPage } from './people.ts';
import { timeOnPage } from './time-routes.ts';

/** The phones and the simulated time as they change. */
export type PeopleStream = {
  /**
   * Answers with server-sent events: one `snapshot` of everybody and of the time, then a `person` for each one who
   * changed, and a `time` when it was moved by hand.
   */
  open(response: ServerResponse): void;
  /** Looks at everybody again: not every change of a phone is announced. */
  look(): void;
};

const heartbeat = 15_000;
/** How often to look whether a window has closed or somebody has stopped typing, which only time tells. */
const glance = 500;
/** A page that does not read is dropped at this many unsent bytes; it reconnects and gets a new snapshot. */
const unsentLimit = 1024 * 1024;

/**
 * @param options.runId tells one start of the sandbox from the next, so that a page from before starts over
 * @param options.ended ends every stream, so that the server can close
 */
export function createPeopleStream(options: {
  simulator: PretendPeople;
  runId: string;
  ended: AbortSignal;
}): PeopleStream {
  const { simulator, runId, ended } = options;
  const streams = new Set<{ response: ServerResponse; shown: Map<string, string> }>();
  let announced = false;

  // A burst of changes (a load test, a status for each of many messages) becomes one look at everybody.
  const announce = () => {
    if (announced) return;
    announced = true;
    setImmediate(() => {
      announced = false;
      if (streams.size === 0) return;
      const current = simulator
        .people()
        .map((person) => [person.waId, JSON.stringify(personOnPage(person))] as const);
      for (const { response, shown } of streams) {
        // Somebody has moved to another number, so the page has to forget the old one.
        const known = new Set(current.map(([waId]) => waId));
        if ([...shown.keys()].some((waId) => !known.has(waId))) {
          shown.clear();
          for (const [waId, json] of current) shown.set(waId, json);
          response.write(snapshot());
        }
        for (const [waId, json] of current) {
          if (shown.get(waId) === json) continue;
          shown.set(waId, json);
          response.write(`event: person\ndata: ${json}\n\n`);
        }
        if (response.writableLength > unsentLimit) response.destroy();
      }
    });
  };
  const unsubscribe = simulator.subscribe((change) => {
    if (change.kind === 'person' || change.kind === 'message') announce();
  });

  const stopHearing = simulator.time.onJump(() => {
    const json = JSON.stringify(timeOnPage(simulator.time));
    for (const { response } of streams) response.write(`event: time\ndata: ${json}\n\n`);
    announce();
  });

  let timely = '';
  const look = setInterval(() => {
    if (streams.size === 0) return;
    const found = simulator.people().map((person) => `${person.seesTyping()} ${person.window().open}`);
    if (timely === found.join()) return;
    timely = found.join();
    announce();
  }, glance);
  look.unref();

  const beat = setInterval(() => {
    for (const { response } of streams) response.write(': still here\n\n');
  }, heartbeat);
  beat.unref();

  ended.addEventListener('abort', () => {
    unsubscribe();
    stopHearing();
    clearInterval(look);
    clearInterval(beat);
    for (const { response } of streams) response.end();
  });

  function snapshot(everybody = simulator.people().map(personOnPage)): string {
    const all = { runId, time: timeOnPage(simulator.time), people: everybody };
    return `event: snapshot\ndata: ${JSON.stringify(all)}\n\n`;
  }

  function open(response: ServerResponse): void {
    const everybody = simulator.people().map(personOnPage);
    const shown = new Map(everybody.map((person) => [person.waId, JSON.stringify(person)]));
    const stream = { response, shown };
    streams.add(stream);
    response.on('close', () => streams.delete(stream));
    response.on('error', () => streams.delete(stream));
    response.writeHead(200, { ...pageHeaders, 'content-type': 'text/event-stream; charset=utf-8' });
    response.write(`retry: 1000\n${snapshot(everybody)}`);
    if (ended.aborted) response.end();
  }

  return { open, look: announce };
}

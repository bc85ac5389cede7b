import type { ServerResponse } from 'node:http';
import { pageHeaders } from './page-files.ts';
import { type PretendPeople, personOnPage } from './people.ts';

/**
 * Answers with the phones as they change, as server-sent events: one `snapshot` of everybody, then a `person`
 * for each one who changed.
 */
export type PeopleStream = (response: ServerResponse) => void;

const heartbeat = 15_000;
/** A page that does not read is dropped at this many unsent bytes; it reconnects and gets a new snapshot. */
const unsentLimit = 1024 * 1024;

/**
 * @param options.runId tells one start of the sandbox from the next, so that a page from before starts over
 * @param options.ended ends every stream, so that the server can close
 */
export function createPeopleStream(options: {
  people: PretendPeople;
  runId: string;
  ended: AbortSignal;
}): PeopleStream {
  const { people, runId, ended } = options;
  const streams = new Set<{ response: ServerResponse; shown: Map<string, string> }>();
  let announced = false;

  // A burst of changes (a load test, a status for each of many messages) becomes one look at everybody.
  const announce = () => {
    if (announced) return;
    announced = true;
    setImmediate(() => {
      announced = false;
      if (streams.size === 0) return;
      const current = people
        .people()
        .map((person) => [person.waId, JSON.stringify(personOnPage(person))] as const);
      for (const { response, shown } of streams) {
        for (const [waId, json] of current) {
          if (shown.get(waId) === json) continue;
          shown.set(waId, json);
          response.write(`event: person\ndata: ${json}\n\n`);
        }
        if (response.writableLength > unsentLimit) response.destroy();
      }
    });
  };
  const unsubscribe = people.subscribe((change) => {
    if (change.kind === 'person' || change.kind === 'message') announce();
  });

  const beat = setInterval(() => {
    for (const { response } of streams) response.write(': still here\n\n');
  }, heartbeat);
  beat.unref();

  ended.addEventListener('abort', () => {
    unsubscribe();
    clearInterval(beat);
    for (const { response } of streams) response.end();
  });

  return (response) => {
    const everybody = people.people().map(personOnPage);
    const shown = new Map(everybody.map((person) => [person.waId, JSON.stringify(person)]));
    const stream = { response, shown };
    streams.add(stream);
    response.on('close', () => streams.delete(stream));
    response.on('error', () => streams.delete(stream));
    response.writeHead(200, { ...pageHeaders, 'content-type': 'text/event-stream; charset=utf-8' });
    response.write(`retry: 1000\nevent: snapshot\ndata: ${JSON.stringify({ runId, people: everybody })}\n\n`);
    if (ended.aborted) response.end();
  };
}

/**
 * `recado/client`: the HTTP API as typed functions, one for each operation of `/openapi.json`, under its name
 * there. It needs `fetch` and nothing else: browsers, Node, Deno, Bun, workers.
 *
 *   import { createClient, everyOf, RecadoProblem } from 'recado/client';
 *
 *   const recado = createClient({ url: 'http://127.0.0.1:8000', key: process.env.RECADO_KEY });
 *   const { id } = await recado.takeNotification({ to: '+55 85 8765-4321', text: 'See you at 10:00.' });
 *   for await (const contact of everyOf(recado.listContacts)) console.log(contact.name);
 *   for await (const event of recado.streamEvents({ after: lastSeen })) lastSeen = event.id;
 *
 * Every function rejects with RecadoProblem and nothing else, unless its signal aborts it. `streamEvents` gives
 * each event once and in order, over disconnections and restarts of the gateway: keep the id of the last event
 * that you have worked in, and give it as `after` when your program starts again.
 */
import '../runtime/required-node.ts';

import { type ClientOptions, createConnection } from './connection.ts';
import { createOperations, type PageQuery } from './generated.ts';

export type { CallOptions, ClientOptions } from './connection.ts';
export type { FollowTimings, StreamOptions } from './follow-events.ts';
export type * from './generated.ts';
export type { Json, JsonObject } from './json.ts';
export { type ProblemFacts, RecadoProblem } from './recado-problem.ts';

/** The HTTP API of one gateway. */
export type Client = ReturnType<typeof createClient>;

/** A client of the gateway at an address. Makes no request yet. */
export function createClient(options: ClientOptions) {
  return createOperations(createConnection(options));
}

/**
 * Everything that a list holds, page by page, with a filter where it takes one:
 * `everyOf(recado.listNotifications, { state: 'failed' })`.
 */
export async function* everyOf<Item, Query extends PageQuery>(
  list: (query?: Query) => Promise<{ data: Item[]; next: string | null }>,
  query?: Query,
): AsyncGenerator<Item, void, undefined> {
  let page = await list(query);
  for (;;) {
    yield* page.data;
    if (page.next === null) return;
    page = await list(Object.assign({}, query, { after: page.next }));
  }
}

import { openConnections } from './connection.ts';

/** What came of sending as fast as answers come. */
export type Throughput = { answered: number; refused: number; perSecond: number };

/**
 * Sends on every connection the next request as soon as the last was answered, until the time is over or the
 * requests are used up. `milliseconds` bounds the whole; `repeat` begins again at the first request.
 */
export async function runClosedLoop(
  requests: readonly Buffer[],
  options: { port: number; connections: number; milliseconds: number; repeat: boolean },
): Promise<Throughput> {
  const connections = await openConnections(options.port, options.connections);
  let next = 0;
  let answered = 0;
  let refused = 0;
  const began = performance.now();
  const until = began + options.milliseconds;
  await Promise.all(
    connections.map(
      (connection) =>
        new Promise<void>((resolve) => {
          const sendNext = () => {
            if (options.repeat && next >= requests.length) next = 0;
            const request = requests[next];
            if (request === undefined || performance.now() >= until) return resolve();
            next += 1;
            connection.send(request, (status) => {
              if (status === 200) answered += 1;
              else refused += 1;
              if (status === 0) resolve();
              else sendNext();
            });
          };
          sendNext();
        }),
    ),
  );
  const seconds = (performance.now() - began) / 1000;
  for (const connection of connections) connection.close();
  return { answered, refused, perSecond: answered / seconds };
}

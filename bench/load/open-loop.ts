import { percentile } from '../statistics.ts';
import { type Connection, openConnections } from './connection.ts';

/** Milliseconds that a part of the requests stayed below. */
type Percentiles = { p50: number; p90: number; p99: number; most: number };

/** What came of sending at a fixed rate. Times in milliseconds. */
export type Latency = {
  answered: number;
  refused: number;
  /** From the moment the request was due and the generator awake, whether or not a connection was free. */
  sinceDue: Percentiles;
  /** From the moment the request was planned for: also counts how late the generator itself woke up. */
  sincePlanned: Percentiles;
};

/**
 * Sends at a fixed rate whatever the server does, so that a slow server cannot slow its own test down: a
 * request that finds no free connection waits, and its waiting counts. `rate` per second.
 */
export async function runOpenLoop(
  requests: readonly Buffer[],
  options: { port: number; connections: number; milliseconds: number; rate: number },
): Promise<Latency> {
  const connections = await openConnections(options.port, options.connections);
  const free = [...connections];
  const total = Math.min(requests.length, Math.floor((options.rate * options.milliseconds) / 1000));
  const waiting: { request: Buffer; planned: number; due: number }[] = [];
  const sinceDue: number[] = [];
  const sincePlanned: number[] = [];
  let refused = 0;
  let planned = 0;
  const began = performance.now();

  await new Promise<void>((resolve) => {
    const sendOn = (connection: Connection) => {
      const entry = waiting.shift();
      if (entry === undefined) {
        free.push(connection);
        return;
      }
      connection.send(entry.request, (status) => {
        const now = performance.now();
        if (status === 200) {
          sinceDue.push(now - entry.due);
          sincePlanned.push(now - entry.planned);
        } else {
          refused += 1;
        }
        if (sinceDue.length + refused >= total) resolve();
        else if (status !== 0) sendOn(connection);
      });
    };
    const tick = () => {
      const now = performance.now();
      while (planned < total && began + (planned * 1000) / options.rate <= now) {
        const request = requests[planned];
        if (request !== undefined) {
          waiting.push({ request, planned: began + (planned * 1000) / options.rate, due: now });
        }
        planned += 1;
      }
      while (waiting.length > 0) {
        const connection = free.pop();
        if (connection === undefined) break;
        sendOn(connection);
      }
      if (planned < total) setTimeout(tick, 1);
    };
    tick();
    // A server that has stopped answering ends the measurement, not the bench.
    setTimeout(resolve, options.milliseconds + 10_000).unref();
  });
  for (const connection of connections) connection.close();
  return {
    answered: sinceDue.length,
    refused: total - sinceDue.length,
    sinceDue: percentilesOf(sinceDue),
    sincePlanned: percentilesOf(sincePlanned),
  };
}

function percentilesOf(values: number[]): Percentiles {
  return {
    p50: percentile(values, 0.5),
    p90: percentile(values, 0.9),
    p99: percentile(values, 0.99),
    most: percentile(values, 1),
  };
}

import { parentPort } from 'node:worker_threads';
import { describeFailure } from './describe-failure.ts';

/** A whole operation inside a store thread: plain data in, plain data out, one transaction. */
type Operation = (...values: never[]) => unknown;

/** A call as it crosses to the thread. */
export type ThreadCall = { id: number; operation: string; values: unknown[] };

/** An answer as it crosses back. */
export type ThreadAnswer =
  | { id: number; value: unknown }
  | { id: number; failure: ReturnType<typeof describeFailure> };

/** Answers calls one after another until the port closes. */
export function serveOperations(operations: Record<string, Operation>, closed: () => void): void {
  const port = parentPort;
  if (port === null) throw new Error('This file runs in a worker thread only.');
  port.on('message', (call: ThreadCall | 'close') => {
    if (call === 'close') {
      closed();
      port.close();
      return;
    }
    const operation = operations[call.operation];
    let answer: ThreadAnswer;
    try {
      if (operation === undefined) throw new Error(`There is no store operation ${call.operation}.`);
      answer = { id: call.id, value: operation(...(call.values as never[])) };
    } catch (failure) {
      answer = { id: call.id, failure: describeFailure(failure) };
    }
    port.postMessage(answer);
  });
}

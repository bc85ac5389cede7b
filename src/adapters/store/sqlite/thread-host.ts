import { Worker } from 'node:worker_threads';
import { StoreFailure } from '../store-failure.ts';
import { revivedFailure } from './describe-failure.ts';
import type { ThreadAnswer, ThreadCall } from './thread-server.ts';

/** A store thread, seen from the main thread. */
export type StoreThread = {
  /**
   * Runs an operation in the thread. Rejects with StoreFailure, also when the thread has died.
   *
   * @param handOver buffers in the values that need no copy, because nobody here uses them any more
   */
  call(operation: string, values: unknown[], handOver?: ArrayBuffer[]): Promise<unknown>;
  /** False once the thread has died by itself. */
  alive(): boolean;
  close(): Promise<void>;
};

type Pending = { resolve: (value: unknown) => void; reject: (failure: Error) => void };

/**
 * Starts a thread from a file beside this one.
 *
 * @param name file name without ending: the source runs as `.ts`, the built package as `.js`
 * @param data given to the thread as `workerData`
 */
export function startThread(name: string, data: unknown): StoreThread {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./${name}.${ending}`, import.meta.url), { workerData: data });
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let death: Error | null = null;

  function die(failure: Error): void {
    death ??= failure;
    for (const { reject } of pending.values()) reject(death);
    pending.clear();
  }

  worker.on('message', (answer: ThreadAnswer) => {
    const waiting = pending.get(answer.id);
    pending.delete(answer.id);
    if (waiting === undefined) return;
    if ('failure' in answer) waiting.reject(revivedFailure(answer.failure));
    else waiting.resolve(answer.value);
  });
  worker.on('error', (failure) => {
    die(new StoreFailure('infrastructure', 'THREAD', `The ${name} ended: ${String(failure)}`));
  });
  const exited = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      die(new StoreFailure('infrastructure', 'CLOSED', `The ${name} is closed.`));
      resolve();
    });
  });

  return {
    call: (operation, values, handOver = []) =>
      new Promise((resolve, reject) => {
        if (death !== null) {
          reject(death);
          return;
        }
        const id = nextId;
        nextId += 1;
        pending.set(id, { resolve, reject });
        worker.postMessage({ id, operation, values } satisfies ThreadCall, handOver);
      }),
    alive: () => death === null,
    async close() {
      if (death === null) worker.postMessage('close');
      await exited;
    },
  };
}

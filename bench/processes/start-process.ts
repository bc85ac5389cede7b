import { fork } from 'node:child_process';
import type { OrderAnswer, Orders } from './serve.ts';

/** A process of the bench, seen from the bench. */
export type BenchProcess<Served extends Orders> = {
  pid: number;
  order<Name extends keyof Served & string>(
    name: Name,
    ...value: Parameters<Served[Name]>
  ): Promise<Awaited<ReturnType<Served[Name]>>>;
  /** Lets it end by itself; kills it when that takes more than 10 s. */
  stop(): Promise<void>;
};

type Pending = { resolve: (value: unknown) => void; reject: (failure: Error) => void };

const running = new Set<() => void>();

/** Kills whatever is still running: the last resort of a bench whose time is up. */
export function killProcesses(): void {
  for (const kill of running) kill();
}

/**
 * Starts a file of this folder as a process of its own.
 *
 * @param name file name without ending; it must call `serve` with orders of the given type
 * @param nodeOptions such as `--cpu-prof`
 */
export function startProcess<Served extends Orders>(
  name: string,
  nodeOptions: string[] = [],
): BenchProcess<Served> {
  const child = fork(new URL(`./${name}.ts`, import.meta.url), {
    execArgv: nodeOptions,
    serialization: 'advanced',
  });
  const kill = () => child.kill('SIGKILL');
  running.add(kill);
  const pending = new Map<number, Pending>();
  let nextId = 0;
  child.on('message', (answer: OrderAnswer) => {
    const waiting = pending.get(answer.id);
    pending.delete(answer.id);
    if ('failure' in answer) waiting?.reject(new Error(`${name}: ${answer.failure}`));
    else waiting?.resolve(answer.value);
  });
  const exited = new Promise<void>((resolve) => {
    child.on('exit', (code, signal) => {
      running.delete(kill);
      for (const { reject } of pending.values()) reject(new Error(`${name} ended (${signal ?? code}).`));
      resolve();
    });
  });
  return {
    pid: child.pid ?? 0,
    order: (order, ...[value]) =>
      new Promise((resolve, reject) => {
        const id = nextId++;
        // The process serves exactly these orders, so its answers are of their types.
        pending.set(id, { resolve: resolve as (value: unknown) => void, reject });
        child.send({ id, order, value }, (failure) => {
          if (failure !== null) reject(failure);
        });
      }),
    async stop() {
      if (child.connected) child.disconnect();
      const overdue = setTimeout(kill, 10_000);
      await exited;
      clearTimeout(overdue);
    },
  };
}

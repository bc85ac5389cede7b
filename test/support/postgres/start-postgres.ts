import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { PostgresMajor } from './binaries.ts';
import type { GuardianAnswer } from './guardian.ts';
import type { StopMode } from './server.ts';

/** A PostgreSQL in the care of a process of its own, which stops and removes it also when this one is killed. */
export type Postgres = {
  /** Of its superuser and the database `postgres`. */
  url: string;
  port: number;
  /** The cluster's own files. */
  dataFolder: string;
  /** Stops it as told and starts it again on the same port: `immediate` is a crash, `fast` is an orderly stop. */
  restart(mode: StopMode): Promise<void>;
  /** Starts a replica that follows it, without which no commit succeeds any more; once. Answers its port. */
  addReplica(): Promise<number>;
  /** Crashes it for good. */
  crash(): Promise<void>;
  /** Stops it, and its replica, and removes all they have written. */
  stop(): Promise<void>;
};

/**
 * Starts a PostgreSQL on a free port of the loopback, durable as in production.
 *
 * @param settings settings of postgresql.conf beside the usual ones
 * @throws Error with what PostgreSQL said when it does not start
 */
export async function startPostgres(
  major: PostgresMajor,
  settings: Record<string, string> = {},
): Promise<Postgres> {
  const script = fileURLToPath(new URL('guardian.ts', import.meta.url));
  const guardian = spawn(process.execPath, [script, String(major), JSON.stringify(settings)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // In a group of its own: what ends the tests from outside must not end it first.
    detached: true,
  });
  const exited = once(guardian, 'exit');
  const lines = createInterface({ input: guardian.stdout })[Symbol.asyncIterator]();

  async function answer(): Promise<Exclude<GuardianAnswer, { failure: string }>> {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('The process that guards PostgreSQL ended.');
    const said: GuardianAnswer = JSON.parse(value);
    if ('failure' in said) throw new Error(said.failure);
    return said;
  }

  async function stop(): Promise<void> {
    guardian.stdin.end();
    await exited;
  }

  try {
    const { url, port, dataFolder } = await answer();
    return {
      url,
      port,
      dataFolder,
      async restart(mode) {
        guardian.stdin.write(`${mode}\n`);
        await answer();
      },
      async addReplica() {
        guardian.stdin.write('replica\n');
        return (await answer()).port;
      },
      async crash() {
        guardian.stdin.write('crash\n');
        await answer();
      },
      stop,
    };
  } catch (failure) {
    await stop();
    throw failure;
  }
}

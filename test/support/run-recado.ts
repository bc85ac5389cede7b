import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** What a command printed, and how it ended. */
export type CommandRun = { exitCode: number | null; stdout: string; stderr: string };

/** A command that runs. */
export type RunningCommand = {
  process: ChildProcess;
  /** Everything it has printed so far, on both outputs. */
  printed(): string;
  /** Resolves once it has printed something that matches; rejects when it ends before that. */
  prints(pattern: RegExp): Promise<RegExpExecArray>;
  ended: Promise<CommandRun>;
};

const entryFile = fileURLToPath(new URL('../../bin/recado.js', import.meta.url));

/**
 * Starts `recado` as people do: the real entry file in a process of its own, without a terminal, with no
 * settings but those given. The end of the test ends it.
 */
export function startRecado(
  folder: string,
  words: readonly string[],
  environment: Record<string, string> = {},
): RunningCommand {
  const child = spawn(process.execPath, [entryFile, ...words], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  for (const output of ['stdout', 'stderr'] as const) {
    child[output].setEncoding('utf8').on('data', (text: string) => {
      printed[output] += text;
      for (const watcher of watchers) watcher();
    });
  }
  const ended = new Promise<CommandRun>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, ...printed }));
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const all = () => printed.stdout + printed.stderr;
  return {
    process: child,
    printed: all,
    prints: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(all());
          if (match === null) return;
          watchers.delete(look);
          resolve(match);
        };
        watchers.add(look);
        look();
        ended.then(() => reject(new Error(`It ended without printing ${pattern}:\n${all()}`)), reject);
      }),
    ended,
  };
}

/** Runs `recado` to its end. */
export function runRecado(
  folder: string,
  words: readonly string[],
  environment: Record<string, string> = {},
): Promise<CommandRun> {
  return startRecado(folder, words, environment).ended;
}

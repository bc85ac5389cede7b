import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A receiver that runs in a process of its own. */
export type RunningExample = {
  /** Without a path. */
  url: string;
  /** The SQLite file in which it keeps its events. */
  file: string;
  /** The first line it prints that holds the words; rejects when it ends without. */
  prints(sought: string): Promise<string>;
};

/** Starts an example as its README says, on any free port and a database of its own. The end of the test ends it. */
export async function startExample(
  words: readonly string[],
  settings: { appSecret: string; verifyToken: string },
): Promise<RunningExample> {
  const file = join(temporaryFolder(), 'events.db');
  const child = spawn(process.execPath, ['--conditions=recado-source', '--no-warnings', ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PORT: '0',
      DATABASE_FILE: file,
      META_APP_SECRET: settings.appSecret,
      META_WEBHOOK_VERIFY_TOKEN: settings.verifyToken,
    },
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });

  let printed = '';
  const watchers = new Set<() => void>();
  const hear = (text: string) => {
    printed += text;
    for (const watcher of watchers) watcher();
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);

  /** The first line that holds the words. */
  function prints(sought: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const line = printed.split('\n').find((candidate) => candidate.includes(sought));
        if (line === undefined) return;
        watchers.delete(look);
        resolve(line);
      };
      watchers.add(look);
      look();
      ended.then(() => reject(new Error(`It ended without printing "${sought}":\n${printed}`)));
    });
  }

  const [, port] = /port: (\d+)/.exec(await prints('port:')) ?? [];
  return { url: `http://localhost:${port}`, file, prints };
}

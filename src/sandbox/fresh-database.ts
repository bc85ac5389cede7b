import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { mediaFolderBeside } from '../adapters/media/media-folder.ts';
import { takeSingleOwnerLock } from '../adapters/store/sqlite/single-owner-lock.ts';
import { StartError } from '../runtime/start-error.ts';
import { readSandboxFile } from './sandbox-file.ts';

/**
 * Removes the database of an earlier sandbox, with its files of messages, as its owner, so that no running process loses its own. The
 * pretend people are forgotten when a sandbox stops; a database that remembers them would show open windows
 * that the pretend Meta knows nothing of, and refuse as Meta what the page has just allowed.
 *
 * @param sandboxFile where a running sandbox says how to reach it
 * @returns true when there was one
 * @throws StartError when another process owns it, or the folder cannot be written
 */
export async function removeEarlierDatabase(file: string, sandboxFile: string): Promise<boolean> {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const lock = await takeSingleOwnerLock(file).catch((failure: unknown) => {
      throw alreadyRunning(failure, sandboxFile);
    });
    try {
      const existed = existsSync(file);
      for (const ending of ['', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
      rmSync(mediaFolderBeside(file), { recursive: true, force: true });
      return existed;
    } finally {
      lock.release();
    }
  } catch (failure) {
    if (failure instanceof StartError) throw failure;
    const reason = failure instanceof Error ? failure.message : String(failure);
    throw new StartError(
      `The sandbox cannot write its database ${file}: ${reason}.`,
      'Run it in a folder that you may write to, with space left on the disk.',
    );
  }
}

/** The lock says that another process owns the database; the file of a running sandbox says where that one is. */
function alreadyRunning(failure: unknown, sandboxFile: string): unknown {
  const running = readSandboxFile(sandboxFile);
  if (!(failure instanceof StartError) || running === null) return failure;
  return new StartError(
    `A sandbox already runs in this folder: ${running.url} (process ${running.pid}).`,
    'Open that address, or stop it first: Ctrl-C in its terminal.',
    { cause: failure },
  );
}

import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { MediaShelf } from '../../flows/media/media-shelf.ts';
import { missingFolders } from '../missing-folders.ts';
import { codeOf, onDisk, readFileParts, receiveFile } from './receive-file.ts';

/** What lies in the folder of files on their way for longer than this was left by a process that died, in milliseconds. */
const LEFT_BEHIND = 60 * 60_000;

/** The folder of files beside a database, with its name: two databases never share one. */
export function mediaFolderBeside(databaseFile: string): string {
  return `${databaseFile.replace(/\.db$/, '')}-media`;
}

/**
 * Keeps files in a folder, each under the SHA-256 of its bytes: `ab/abcdef…`. What is on its way lies in `incoming`
 * and is renamed when it is whole and on the disk, so that nobody ever reads a part. Several processes may share the
 * folder. It is made when the first file comes, readable by its owner only.
 */
export function createMediaFolder(folder: string): MediaShelf {
  const root = resolve(folder);
  const incoming = join(root, 'incoming');
  let swept = false;

  function pathOf(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError('A file is kept under its SHA-256.');
    return join(root, sha256.slice(0, 2), sha256);
  }

  /** Makes the folder where it is missing, and removes once what a process that died left behind. */
  async function prepare(): Promise<void> {
    await makeFolder(incoming);
    if (swept) return;
    swept = true;
    for (const name of await readdir(incoming)) {
      const path = join(incoming, name);
      const found = await stat(path).catch(nullWhenMissing);
      if (found !== null && found.mtimeMs < Date.now() - LEFT_BEHIND) await rm(path, { force: true });
    }
  }

  return {
    async receive(bytes, most) {
      await onDisk(prepare());
      const file = await receiveFile(incoming, bytes, most);
      if (file === null) return null;
      const { path, sha256, size } = file;
      return {
        sha256,
        size,
        keep: () => onDisk(moveFile(path, pathOf(sha256))),
        bytes: () => readFileParts(path),
        discard: () => onDisk(rm(path, { force: true })),
      };
    },
    async read({ sha256, size }, part) {
      const path = pathOf(sha256);
      const found = await onDisk(stat(path).catch(nullWhenMissing));
      return found?.size === size ? readFileParts(path, part) : null;
    },
    async remove(sha256) {
      await onDisk(rm(pathOf(sha256), { force: true }));
    },
  };
}

/** Renames within a disk; the name too is on the disk when this resolves. */
async function moveFile(from: string, to: string): Promise<void> {
  const folder = dirname(to);
  await makeFolder(folder);
  await rename(from, to);
  await syncFolder(folder);
}

/** Brings the names in a folder to the disk. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function makeFolder(folder: string): Promise<void> {
  for (const path of missingFolders(folder)) {
    await mkdir(path, { mode: 0o700 }).catch((failure) => {
      // Another process was faster.
      if (codeOf(failure) !== 'EEXIST') throw failure;
    });
    await syncFolder(dirname(path));
  }
}

function nullWhenMissing(failure: unknown): null {
  if (codeOf(failure) === 'ENOENT') return null;
  throw failure;
}

import { rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { MediaShelf } from '../../flows/media/media-shelf.ts';
import { fileKey } from './file-key.ts';
import { createIncoming } from './incoming.ts';
import { makeFolder, syncFolder } from './make-folder.ts';
import { nullWhenMissing, onDisk, readFileParts } from './receive-file.ts';

/** The folder of files beside a database, with its name: two databases never share one. */
export function mediaFolderBeside(databaseFile: string): string {
  return `${databaseFile.replace(/\.db$/, '')}-media`;
}

/**
 * Keeps files in a folder, each under the SHA-256 of its bytes. What is on its way lies in `incoming` and is renamed
 * when it is whole and on the disk, so that nobody ever reads a part. Several processes may share the folder. It is
 * made when the first file comes, readable by its owner only.
 */
export function createMediaFolder(folder: string): MediaShelf {
  const incoming = createIncoming(folder);
  const pathOf = (sha256: string) => join(resolve(folder), fileKey(sha256));

  return {
    async receive(bytes, most) {
      const file = await incoming.receive(bytes, most);
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

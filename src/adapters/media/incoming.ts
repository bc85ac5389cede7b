import { readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeFolder } from './make-folder.ts';
import { nullWhenMissing, onDisk, receiveFile, type ScratchFile } from './receive-file.ts';

/** What lies there for longer than this was left by a process that died, in milliseconds. */
const LEFT_BEHIND = 60 * 60_000;

/** Where files lie while they are on their way: `incoming` in the folder of files. Several processes may share it. */
export type Incoming = {
  /**
   * Takes in bytes as they come; null when they are more than `most`.
   *
   * @throws ShelfFailure when they cannot be written; what their source throws passes through
   */
  receive(bytes: AsyncIterable<Uint8Array>, most: number): Promise<ScratchFile | null>;
};

/** It is made when the first file comes, and what a process that died left behind is then removed. */
export function createIncoming(root: string): Incoming {
  const folder = join(resolve(root), 'incoming');
  let swept = false;

  async function prepare(): Promise<void> {
    await makeFolder(folder);
    if (swept) return;
    swept = true;
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const found = await stat(path).catch(nullWhenMissing);
      if (found !== null && found.mtimeMs < Date.now() - LEFT_BEHIND) await rm(path, { force: true });
    }
  }

  return {
    async receive(bytes, most) {
      await onDisk(prepare());
      return receiveFile(folder, bytes, most);
    },
  };
}

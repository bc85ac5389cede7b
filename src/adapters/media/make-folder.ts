import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { missingFolders } from '../missing-folders.ts';
import { codeOf } from './receive-file.ts';

/** Makes a folder and those on the way to it, for the owner's eyes only. */
export async function makeFolder(folder: string): Promise<void> {
  for (const path of missingFolders(folder)) {
    await mkdir(path, { mode: 0o700 }).catch((failure) => {
      // Another process was faster.
      if (codeOf(failure) !== 'EEXIST') throw failure;
    });
    await syncFolder(dirname(path));
  }
}

/** Brings the names in a folder to the disk. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

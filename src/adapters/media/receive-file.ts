import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ShelfFailure } from '../../flows/media/media-shelf.ts';

/** A file that was written whole, with an fsync, beside the others that are on their way. */
export type ScratchFile = { path: string; sha256: string; size: number };

/**
 * Writes bytes as they come into a new file of a folder. Nothing stays behind of what does not come whole.
 *
 * @returns null when they are more than `most`
 * @throws ShelfFailure when they cannot be written; what their source throws passes through
 */
export async function receiveFile(
  folder: string,
  bytes: AsyncIterable<Uint8Array>,
  most: number,
): Promise<ScratchFile | null> {
  const path = join(folder, randomUUID());
  const hash = createHash('sha256');
  const file = await onDisk(open(path, 'wx', 0o600));
  let size = 0;
  let isWhole = false;
  try {
    for await (const part of bytes) {
      size += part.byteLength;
      if (size > most) return null;
      hash.update(part);
      await onDisk(writeAll(file, part));
    }
    await onDisk(file.sync());
    isWhole = true;
    return { path, sha256: hash.digest('hex'), size };
  } finally {
    await file.close();
    if (!isWhole) await rm(path, { force: true });
  }
}

/** The bytes of a file, or a part of them, both ends included; rejects with ShelfFailure while they are read. */
export async function* readFileParts(
  path: string,
  part?: { first: number; last: number },
): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(path, part === undefined ? {} : { start: part.first, end: part.last });
  try {
    yield* stream;
  } catch (failure) {
    throw asShelfFailure(failure);
  } finally {
    stream.destroy();
  }
}

async function writeAll(file: FileHandle, part: Uint8Array): Promise<void> {
  for (let written = 0; written < part.byteLength; ) {
    written += (await file.write(part, written)).bytesWritten;
  }
}

/** What the disk does; its errors as ShelfFailure. */
export async function onDisk<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (failure) {
    throw asShelfFailure(failure);
  }
}

function asShelfFailure(failure: unknown): ShelfFailure {
  return new ShelfFailure(codeOf(failure) ?? 'unknown', { cause: failure });
}

/** The system's code, such as `ENOENT`; null when there is none. */
export function codeOf(failure: unknown): string | null {
  return failure instanceof Error && 'code' in failure && typeof failure.code === 'string'
    ? failure.code
    : null;
}

/** Null where the system says that there is nothing; everything else it says is thrown again. */
export function nullWhenMissing(failure: unknown): null {
  if (codeOf(failure) === 'ENOENT') return null;
  throw failure;
}

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The longest file of a NAME_FILE setting, in bytes. Secrets are shorter by far. */
const LONGEST = 64 * 1024;

/**
 * Reads the file of a NAME_FILE setting as text: a regular file or a pipe, such as the shell's `<(…)`.
 *
 * @throws Error with a `code` of the system, or with the reason as its message
 */
export function readSettingFile(path: string): string {
  const file = openSync(path, 'r');
  try {
    const kind = fstatSync(file);
    if (!kind.isFile() && !kind.isFIFO()) throw new Error('it is neither a file nor a pipe');
    const bytes = Buffer.alloc(LONGEST + 1);
    let length = 0;
    for (;;) {
      const read = readSync(file, bytes, length, bytes.length - length, null);
      length += read;
      if (length > LONGEST) throw new Error('it holds more than 64 KiB');
      if (read === 0) return bytes.toString('utf8', 0, length);
    }
  } finally {
    closeSync(file);
  }
}

import { randomBytes } from 'node:crypto';
import { chown, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { CommandError, errorCode } from './command-error.ts';

/** A `.env` file as it is on the disk. */
export type EnvFile = {
  /** The file itself, behind any symbolic link. */
  path: string;
  /** Empty when there is no file. */
  text: string;
  /** Permission bits and owner; null when there is no file. */
  existing: { mode: number; uid: number; gid: number } | null;
};

/** Reads the file, which need not exist. @throws CommandError when it is there and cannot be read */
export async function readEnvFileForEdit(path: string): Promise<EnvFile> {
  try {
    const real = await realpath(path);
    const { mode, uid, gid } = await stat(real);
    return { path: real, text: await readFile(real, 'utf8'), existing: { mode: mode & 0o777, uid, gid } };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { path, text: '', existing: null };
    throw new CommandError(
      `${path} cannot be read (${errorCode(error) ?? 'unknown reason'}).`,
      'Check that it is a file and that you may read it.',
      { cause: error },
    );
  }
}

/**
 * Puts new text in the place of the file's: whole or not at all, readable by its owner only.
 *
 * @returns the permission bits that it has now: 0600, or fewer when it had fewer
 * @throws CommandError when the folder cannot be written
 */
export async function replaceEnvFile({ path, existing }: EnvFile, text: string): Promise<number> {
  const mode = 0o600 & (existing?.mode ?? 0o600);
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text, 'utf8');
      await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
    // Only root can give a file to the owner it had; anybody else owns the file already, or becomes its owner.
    if (existing !== null) await chown(temporary, existing.uid, existing.gid).catch(() => undefined);
    await rename(temporary, path);
    return mode;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new CommandError(
      `${path} cannot be written (${errorCode(error) ?? 'unknown reason'}).`,
      'Check that the folder exists and that you may write in it, or name another file with --dotenv.',
      { cause: error },
    );
  }
}

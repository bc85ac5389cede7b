import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How the folder of every server of the tests is called, in the temporary folder. */
export const folderPrefix = 'recado-postgres-';

/** The file that names the process which will remove the folder. */
const claim = 'claimed-by';

/** Says that this process removes the folder. */
export function claimFolder(folder: string): void {
  writeFileSync(join(folder, claim), String(process.pid));
}

/** Stops and removes the servers whose guardian was killed before it could. Only one's own: others may be busy. */
export function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(folderPrefix)) continue;
    const folder = join(tmpdir(), name);
    if (!isAbandoned(folder)) continue;
    const postmaster = numberIn(join(folder, 'data', 'postmaster.pid'));
    if (postmaster !== null && commandOf(postmaster)?.includes(folder)) end(postmaster);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function isAbandoned(folder: string): boolean {
  try {
    const own = process.getuid?.();
    if (own !== 0 && statSync(folder).uid !== own) return false;
    const guardian = numberIn(join(folder, claim));
    // Without a claim it is being made this very moment, or it is not ours.
    return guardian !== null && !commandOf(guardian)?.includes('guardian');
  } catch {
    return false;
  }
}

function numberIn(file: string): number | null {
  try {
    const number = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return Number.isSafeInteger(number) && number > 1 ? number : null;
  } catch {
    return null;
  }
}

/** What a process was started as; null when there is none. A number is given out again, so it alone proves nothing. */
function commandOf(pid: number): string | null {
  try {
    process.kill(pid, 0);
  } catch (failure) {
    if (!(failure instanceof Error && 'code' in failure && failure.code === 'EPERM')) return null;
  }
  try {
    if (existsSync('/proc/self/cmdline')) {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    }
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return null;
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT');
  } catch {
    // It ended by itself just now.
  }
}

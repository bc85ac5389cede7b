import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** What commands in the same folder need to find the running sandbox. */
export type SandboxFile = {
  url: string;
  adminKey: string;
  pid: number;
  /** Where the pretend Meta posts webhooks, and the made-up secret that it signs with. */
  webhook?: { url: string; appSecret: string } | undefined;
};

const content = z.object({
  url: z.string(),
  adminKey: z.string(),
  pid: z.int().positive(),
  webhook: z.object({ url: z.string(), appSecret: z.string() }).optional(),
});

/** Writes the file, readable by its owner alone, in one step: a reader sees all of it or nothing. */
export function writeSandboxFile(path: string, sandbox: SandboxFile): void {
  const unfinished = `${path}.${sandbox.pid}`;
  rmSync(unfinished, { force: true });
  writeFileSync(unfinished, `${JSON.stringify(sandbox, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(unfinished, path);
}

/** The sandbox that runs and has written this file; null when there is none, or its process has gone. */
export function readSandboxFile(path: string): SandboxFile | null {
  try {
    const found = content.parse(JSON.parse(readFileSync(path, 'utf8')));
    return isRunning(found.pid) ? found : null;
  } catch {
    return null;
  }
}

/** Removes the file, unless another sandbox has written it since. */
export function removeSandboxFile(path: string, pid: number): void {
  if (readSandboxFile(path)?.pid === pid) rmSync(path, { force: true });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process: it runs, and we may not touch it.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

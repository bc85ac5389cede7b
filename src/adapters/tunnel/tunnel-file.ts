import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How often a tunnel says that it is still there, in milliseconds. */
const SIGN_OF_LIFE = 10_000;

/** For how long a sign of life counts, in milliseconds; a machine that slept has lost its tunnel too. */
const LIFE = 45_000;

/**
 * A tunnel tells the gateway its address by a file beside the database, and that it is still there by the file's time:
 * so the gateway may be started anew, and be another process or in another container.
 */
function tunnelFile(databaseFile: string): string {
  return join(dirname(databaseFile), 'tunnel.json');
}

/** Says under which address the gateway can be reached, until it is closed. @throws Error when it cannot be written */
export function announceTunnel(databaseFile: string, url: string): { close(): void } {
  const path = tunnelFile(databaseFile);
  const unfinished = `${path}.${process.pid}`;
  rmSync(unfinished, { force: true });
  writeFileSync(unfinished, `${JSON.stringify({ url })}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(unfinished, path);
  const timer = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(path, now, now);
    } catch {
      // Somebody has taken the file away; then there is nothing to keep alive.
    }
  }, SIGN_OF_LIFE);
  timer.unref();
  return {
    close() {
      clearInterval(timer);
      if (addressIn(path) === url) rmSync(path, { force: true });
    },
  };
}

/** The address of the tunnel that is open now; null when there is none. */
export function announcedTunnel(databaseFile: string): string | null {
  const path = tunnelFile(databaseFile);
  try {
    const age = Date.now() - statSync(path).mtimeMs;
    return age < LIFE ? addressIn(path) : null;
  } catch {
    return null;
  }
}

function addressIn(path: string): string | null {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof content !== 'object' || content === null || !('url' in content)) return null;
    const { url } = content;
    return typeof url === 'string' && URL.canParse(url) ? new URL(url).origin : null;
  } catch {
    return null;
  }
}

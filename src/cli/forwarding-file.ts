import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { eventPosition } from '../domain/event.ts';
import { newWebhookSecret } from '../flows/forwarding/standard-webhooks.ts';
import { CommandError, errorCode } from './command-error.ts';

const content = z.object({
  url: z.string(),
  secret: z.string().startsWith('whsec_'),
  after: z
    .string()
    .refine((id) => eventPosition(id) !== null)
    .nullable(),
  key: z.string().nullable(),
});

/** What `listen --forward-to` keeps between two runs, one file for each address. */
export type ForwardingState = {
  url: string;
  /** What the receiver verifies with. It stays the same for this address. */
  secret: string;
  /** The last event that the receiver took, or that a filter hid; null before the first look at the feed. */
  after: string | null;
  /** The key of that event, which tells this feed from another one; null when it is not known. */
  key: string | null;
};

/** Where the state for an address is kept: in `data`, beside what the gateway keeps. */
export function forwardingFile(folder: string, url: string): string {
  const { host, pathname } = new URL(url);
  const readable = `${host}${pathname}`.replaceAll(/[^a-z0-9]+/gi, '-').replaceAll(/^-|-$/g, '');
  const distinct = createHash('sha256').update(url).digest('hex').slice(0, 8);
  return resolve(folder, 'data', 'listen', `${readable.slice(0, 60)}-${distinct}.json`);
}

/**
 * What the file holds; a new state with a new secret when there is no file.
 *
 * @throws CommandError for a file that cannot be read: to begin at the end of the feed instead would miss events
 */
export function readForwardingState(path: string, url: string): ForwardingState {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { url, secret: newWebhookSecret(), after: null, key: null };
    throw unreadable(path, error);
  }
  try {
    return content.parse(JSON.parse(text));
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Writes the file, readable by its owner alone, in one step: an interruption leaves the old or the new one. */
export function writeForwardingState(path: string, state: ForwardingState): void {
  const unfinished = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    rmSync(unfinished, { force: true });
    writeFileSync(unfinished, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(unfinished, path);
  } catch (error) {
    throw new CommandError(
      `${path} cannot be written (${errorCode(error) ?? 'unknown reason'}): where to go on would be lost.`,
      'Start it in a folder that you may write to, or make room on the disk.',
      { cause: error },
    );
  }
}

function unreadable(path: string, cause: unknown): CommandError {
  return new CommandError(
    `${path} cannot be read (${errorCode(cause) ?? 'it is not what this command writes'}): it says where to go on.`,
    'Mend it, or remove it and start again with --after and the last event that arrived; the secret is then a new one.',
    { cause },
  );
}

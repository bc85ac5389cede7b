import { StartError } from '../../../runtime/start-error.ts';
import type { Database } from './database.ts';

/** The oldest PostgreSQL that is tested: 15. */
const OLDEST = 150_000;

type ServerSettings = {
  version: number;
  version_name: string;
  encoding: string;
  isolation: string;
  fsync: string;
  full_page_writes: string;
  synchronous_commit: string;
  recovering: boolean;
};

/**
 * Looks whether a server can be worked with.
 *
 * @returns what is wrong but does not prevent it, in sentences with their cures
 * @throws StartError for what does prevent it
 */
export async function checkServer(database: Database, place: string): Promise<string[]> {
  const settings = await database.get<ServerSettings>(
    `select current_setting('server_version_num')::integer as version,
       current_setting('server_version') as version_name,
       current_setting('server_encoding') as encoding,
       current_setting('default_transaction_isolation') as isolation,
       current_setting('fsync') as fsync,
       current_setting('full_page_writes') as full_page_writes,
       current_setting('synchronous_commit') as synchronous_commit,
       pg_is_in_recovery() as recovering`,
  );
  if (settings === undefined) throw new Error('PostgreSQL says nothing about itself.');
  if (settings.version < OLDEST) {
    throw new StartError(
      `${place} is PostgreSQL ${settings.version_name}; Recado needs 15 or newer.`,
      'Upgrade the server, or use the embedded database: DATABASE_URL=sqlite:./data/recado.db.',
    );
  }
  if (settings.encoding !== 'UTF8') {
    throw new StartError(
      `The database at ${place} keeps text as ${settings.encoding}; people write in every script.`,
      "Make one that can: create database recado encoding 'UTF8' template template0;",
    );
  }
  if (settings.recovering) {
    throw new StartError(
      `${place} is a standby, which takes no changes.`,
      'Let DATABASE_URL name the primary, or both with target_session_attrs by way of a proxy.',
    );
  }
  if (settings.isolation !== 'read committed') {
    throw new StartError(
      `Transactions at ${place} begin as ${settings.isolation}; Recado's need read committed.`,
      "Run: alter database … set default_transaction_isolation = 'read committed'; or take the setting from the role.",
    );
  }
  return [
    ...(settings.fsync === 'off'
      ? [
          `PostgreSQL at ${place} runs with fsync = off: a loss of power may destroy the database. Set fsync = on in postgresql.conf.`,
        ]
      : []),
    ...(settings.full_page_writes === 'off'
      ? [
          `PostgreSQL at ${place} runs with full_page_writes = off: a loss of power may damage pages. Set full_page_writes = on in postgresql.conf.`,
        ]
      : []),
    ...(settings.synchronous_commit === 'off'
      ? [
          `PostgreSQL at ${place} runs with synchronous_commit = off: webhooks that were acknowledged may be lost in a crash. Set synchronous_commit = on.`,
        ]
      : []),
  ];
}

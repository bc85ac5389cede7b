import type { EngineDescription } from '../../engine-description.ts';
import type { PostgresContext } from '../context.ts';

/** Describes the server by what it is set to for this very connection. */
export async function describeEngine({
  database,
}: Pick<PostgresContext, 'database'>): Promise<EngineDescription> {
  const row = await database.get<{ version: string; durable: boolean }>(
    `select current_setting('server_version') as version,
       current_setting('fsync') = 'on' and current_setting('full_page_writes') = 'on'
         and current_setting('synchronous_commit') <> 'off' as durable`,
  );
  // Some builds add their own name in brackets.
  const version = row?.version.split(' ')[0] ?? '?';
  return { name: `PostgreSQL ${version}`, durable: row?.durable === true };
}

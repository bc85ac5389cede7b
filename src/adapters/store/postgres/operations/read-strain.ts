import type { Database } from '../database.ts';

/** What keeps PostgreSQL from cleaning up behind itself, and how much waits for that. */
export type Strain = {
  /** Since when, in seconds, the oldest transaction keeps rows that are dead; null when none does. */
  pinnedSeconds: number | null;
  /** Rows of this database that are dead and not cleaned up, as PostgreSQL estimates. */
  deadRows: number;
};

/**
 * Reads the strain. Transactions of other roles are seen by who may: a superuser, or a member of pg_read_all_stats;
 * prepared ones by everybody.
 */
export async function readStrain(database: Pick<Database, 'get'>): Promise<Strain> {
  const row = await database.get<{ pinned: number | null; dead: number }>(
    `select
       (select extract(epoch from clock_timestamp() - min(since))::double precision from (
          select xact_start as since from pg_stat_activity
            where datname = current_database() and backend_xmin is not null and pid <> pg_backend_pid()
          union all
          select prepared from pg_prepared_xacts where database = current_database()) as holders) as pinned,
       (select coalesce(sum(n_dead_tup), 0)::bigint from pg_stat_user_tables) as dead`,
  );
  const pinned = row?.pinned ?? null;
  return { pinnedSeconds: pinned === null ? null : Math.max(0, pinned), deadRows: row?.dead ?? 0 };
}

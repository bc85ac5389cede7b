import type Database from 'better-sqlite3';
import type { Actor } from '../../../domain/audit.ts';
import { suspendUnsent } from '../../../flows/upkeep/suspend-unsent.ts';
import { createContext, inTransaction, type StoreContext } from './context.ts';
import { type FormerDatabase, lastPositionOf } from './former-database.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { openDatabase } from './open-database.ts';
import { revokeApiKey } from './operations/api-keys.ts';
import { appendAudit } from './operations/audit.ts';
import { commitLane } from './operations/commit-lane.ts';
import { readLanes, readUnsent, readUnsettled } from './operations/read-work.ts';
import { all, get, run } from './statement.ts';

/** What was changed in the copy of a backup, so that it can take the place of a database. */
export type Prepared = {
  /** When the backup was made, in milliseconds: by its own mark, else by the newest event; null when it holds neither. */
  madeAt: number | null;
  /** Notifications that may have been sent since the backup was made; they are `unknown` now. */
  suspended: number;
  /** Notifications that nobody can have sent since; they are still `queued`. */
  waiting: number;
  /** API keys that were good when the backup was made, and are revoked now. */
  revokedKeys: number;
};

const actor: Actor = { id: 'command', name: 'recado restore' };

/**
 * Makes the copy of a backup fit to be started: brings it to this version's schema, revokes API keys, goes on
 * behind the last position that the former feed gave out, and declares `unknown` what waited to be sent and may have
 * been sent since.
 *
 * @param options `former`: what is replaced, when it is of the same installation; `keepKeys`: without it to compare
 *   with, keys stay as the backup has them instead of being revoked
 */
export async function prepareRestored(
  file: string,
  options: { former: FormerDatabase | null; keepKeys: boolean; now: Date },
): Promise<Prepared> {
  const { former, keepKeys } = options;
  const now = options.now.getTime();
  const database = openDatabase(file, 'writer');
  try {
    migrate(database, migrations, file);
    const context = createContext(database);
    const madeAt = backupTime(database);
    // One that is behind the backup was not in use since: the gateway ran elsewhere, and may have sent there.
    const later = former !== null && former.lastPosition >= lastPositionOf(database) ? former : null;
    if (former !== null) continueFeedBehind(database, former.lastPosition);
    const revokedKeys = revokeKeys(context, former, keepKeys, now);
    const { suspended, waiting } = await suspendUnsent(storeOf(context), {
      later: later?.notifications ?? null,
      now,
      madeAt: madeAt ?? now,
      because: `Restored from a backup made at ${new Date(madeAt ?? now).toISOString()}: whether it was sent since is not known.`,
    });
    const detail = {
      madeAt: madeAt === null ? null : new Date(madeAt).toISOString(),
      suspended,
      waiting,
      revokedKeys,
    };
    inTransaction(context, () =>
      appendAudit(context, { at: now, actor, action: 'database.restored', subject: 'database', detail }),
    );
    database.pragma('journal_mode = delete');
    return { madeAt, suspended, waiting, revokedKeys };
  } finally {
    database.close();
  }
}

/** A file that was copied by other means has no mark of its own time, or an older one. */
function backupTime(database: Database.Database): number | null {
  const { at } = get<{ at: number | null }>(
    database,
    `select max(at) as at from (
       select max(at) as at from audit_log where action = 'database.backed-up'
       union all select max(received_at) from (select received_at from events order by position desc limit 1))`,
  ) ?? { at: null };
  return at;
}

/** Whoever follows the feed by a position of the former one then misses nothing that comes now. */
function continueFeedBehind(database: Database.Database, position: number): void {
  const moved = run(database, "update sqlite_sequence set seq = max(seq, ?) where name = 'events'", position);
  if (moved.changes === 0) {
    run(database, "insert into sqlite_sequence (name, seq) values ('events', ?)", position);
  }
}

/** A backup knows nothing of the keys that were revoked since: the former database does, else none is trusted. */
function revokeKeys(
  context: StoreContext,
  former: FormerDatabase | null,
  keepKeys: boolean,
  now: number,
): number {
  const good = all<{ id: string }>(context.database, 'select id from api_keys where revoked_at is null');
  const isRevoked = (id: string) =>
    former === null ? !keepKeys : former.apiKeys.some((key) => key.id === id && key.revoked);
  const revoked = good.filter(({ id }) => isRevoked(id));
  for (const { id } of revoked) revokeApiKey(context, { id, at: now, actor });
  return revoked.length;
}

/** The operations on this very connection: nobody else uses the file. */
function storeOf(context: StoreContext): Parameters<typeof suspendUnsent>[0] {
  return {
    readLanes: async () => readLanes(context),
    readUnsent: async (lane, after, limit) => readUnsent(context, lane, after, limit),
    readUnsettled: async (lane, limit) => readUnsettled(context, lane, limit),
    commitLane: async (commit) => commitLane(context, commit),
  };
}

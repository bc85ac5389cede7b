import { chownSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { SystemUser } from './binaries.ts';

/**
 * Copies a running cluster as pg_basebackup would, which npm does not have: between the two words that PostgreSQL
 * wants to hear before and after. Replaying its log makes whole what changed meanwhile.
 */
export async function copyRunning(
  url: string,
  from: string,
  to: string,
  owner: SystemUser | null,
): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    await client.query("select pg_backup_start('replica', true)");
    mkdirSync(to, { mode: 0o700 });
    cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('postmaster.pid') });
    const { rows } = await client.query('select labelfile from pg_backup_stop(false)');
    writeFileSync(join(to, 'backup_label'), rows[0].labelfile);
    // The log comes from the primary, from where the copy began.
    for (const name of readdirSync(join(to, 'pg_wal'))) {
      if (/^[0-9A-F]{24}$/.test(name)) rmSync(join(to, 'pg_wal', name));
    }
    if (owner !== null) give(to, owner);
  } finally {
    await client.end();
  }
}

/** From now on every commit waits until the replica has it on its disk; resolves once one does. */
export async function becomeSynchronous(url: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    await client.query("alter system set synchronous_standby_names = 'ANY 1 (replica)'");
    await client.query('select pg_reload_conf()');
    for (;;) {
      const { rows } = await client.query("select from pg_stat_replication where sync_state = 'quorum'");
      if (rows.length > 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } finally {
    await client.end();
  }
}

function give(folder: string, owner: SystemUser): void {
  chownSync(folder, owner.uid, owner.gid);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) give(path, owner);
    else chownSync(path, owner.uid, owner.gid);
  }
}

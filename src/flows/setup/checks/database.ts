import { bytesInWords, leastFree } from '../../upkeep/checks/disk-space.ts';
import { type Installation, installationCheck, type Judgement } from '../check.ts';
import type { DatabaseEvidence } from '../doctor-ports.ts';
import { judged } from './reading.ts';

/** A lane that is this far behind does not catch up by itself. */
const LAG = 10_000;

/** A transaction that is open for so long, in seconds, was forgotten: even a large backup ends sooner. */
const PINNED = 60 * 60;

/** Words of the system, of SQLite and of PostgreSQL. */
const readOnly = /READONLY|EROFS|EACCES|EPERM/;
const full = /FULL|ENOSPC|^53100$/;

/** The database commits durably, has room, and is not behind. */
export const checkDatabase = installationCheck({
  name: 'database',
  continuous: true,
  gather: (ports) => ports.database(),
  judge: (evidence, { installation }) => judgeDatabase(evidence, installation),
});

function judgeDatabase(evidence: DatabaseEvidence, { databaseFile }: Installation): Judgement {
  const { engine, durable, space, lag, pinnedSeconds = null, commit } = evidence;
  // Where nothing is free SQLite fails in many ways, and for a while in none: the log still has room to write over.
  const isFull = space?.free === 0 || (!commit.done && full.test(commit.code));
  const facts = {
    engine,
    file: databaseFile,
    lag: String(lag),
    minutes: String(Math.floor((pinnedSeconds ?? 0) / 60)),
    free: space === null ? '?' : bytesInWords(space.free),
    total: space === null ? '?' : bytesInWords(space.total),
    code: commit.done ? 'ENOSPC' : commit.code,
    commit: commit.done ? (commit.milliseconds?.toFixed(1) ?? '') : '',
  };
  if (!commit.done && readOnly.test(commit.code)) return judged('database-read-only', facts);
  if (isFull) return judged('disk-full', facts);
  const server = engine.startsWith('PostgreSQL');
  if (!commit.done) return judged(server ? 'server-refuses' : 'database-refuses', facts);
  if (!durable) return judged('database-not-durable', facts);
  if (space !== null && space.free < leastFree(space.total)) return judged('disk-nearly-full', facts);
  if (lag > LAG) return judged('database-lags', facts);
  if ((pinnedSeconds ?? 0) > PINNED) return judged('snapshot-pinned', facts);
  if (commit.milliseconds === null) return judged(server ? 'server-new' : 'database-new', facts);
  return judged(server ? 'server-good' : 'database-good', facts);
}

import { bytesInWords, leastFree } from '../../upkeep/checks/disk-space.ts';
import { type Installation, installationCheck, type Judgement } from '../check.ts';
import type { DatabaseEvidence } from '../doctor-ports.ts';
import { judged } from './reading.ts';

/** A lane that is this far behind does not catch up by itself. */
const LAG = 10_000;

/** The database commits durably, has room, and is not behind. */
export const checkDatabase = installationCheck({
  name: 'database',
  continuous: true,
  gather: (ports) => ports.database(),
  judge: (evidence, { installation }) => judgeDatabase(evidence, installation),
});

function judgeDatabase(evidence: DatabaseEvidence, { databaseFile }: Installation): Judgement {
  const { engine, durable, space, lag, commit } = evidence;
  const facts = {
    engine,
    file: databaseFile,
    lag: String(lag),
    free: space === null ? '?' : bytesInWords(space.free),
    total: space === null ? '?' : bytesInWords(space.total),
    code: commit.done ? '' : commit.code,
    commit: commit.done ? commit.milliseconds.toFixed(1) : '',
  };
  if (!commit.done) {
    if (/READONLY|EROFS|EACCES/.test(commit.code)) return judged('database-read-only', facts);
    if (/FULL|ENOSPC/.test(commit.code)) return judged('disk-full', facts);
    return judged('database-refuses', facts);
  }
  if (!durable) return judged('database-not-durable', facts);
  if (space !== null && space.free < leastFree(space.total)) return judged('disk-nearly-full', facts);
  return lag > LAG ? judged('database-lags', facts) : judged('database-good', facts);
}

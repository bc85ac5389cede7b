import type { LaneCommit } from '../../../../flows/inbound/fold-lane.ts';
import type { PostgresContext } from '../context.ts';
import { noteApplied } from './note-applied.ts';
import { holdLease, writeChanges } from './write-changes.ts';

/** Writes what a batch of work changed in a lane, with our own new events, all or nothing; refuses a lost fence. */
export async function commitLane(context: PostgresContext, commit: LaneCommit): Promise<void> {
  const { fence, settledAttempts, appliedCommands = [], changes } = commit;
  const laneId = await context.ensureLane(fence.lane);
  await context.database.commit([
    holdLease(fence),
    ...(settledAttempts.length === 0
      ? []
      : [{ sql: 'update attempts set settled = 1 where id = any($1::text[])', values: [settledAttempts] }]),
    ...noteApplied(appliedCommands),
    ...writeChanges(context, laneId, changes),
  ]);
}

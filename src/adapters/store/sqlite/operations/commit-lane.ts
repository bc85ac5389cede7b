import type { LaneCommit } from '../../../../flows/inbound/fold-lane.ts';
import { inTransaction, type StoreContext } from '../context.ts';
import { run } from '../statement.ts';
import { noteApplied } from './commands.ts';
import { writeChanges } from './write-changes.ts';

/** Writes what a batch of work changed in a lane, with our own new events, all or nothing. */
export function commitLane(context: StoreContext, commit: LaneCommit): void {
  inTransaction(context, () => {
    for (const id of commit.settledAttempts)
      run(context.database, 'update attempts set settled = 1 where id = ?', id);
    for (const command of commit.appliedCommands ?? []) noteApplied(context, command);
    writeChanges(context, context.ensureLane(commit.fence.lane), commit.changes);
  });
}

import type { AuditEntry } from '../../domain/audit.ts';
import type { Command, CommandResult } from '../../domain/command.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Notification } from '../../domain/notification.ts';
import type { LaneCommit } from '../inbound/fold-lane.ts';
import { draftOf, type LaneDraft } from '../lane-draft.ts';
import type { Fence, LaneState } from '../lane-state.ts';
import { cancelNotification } from './cancel-notification.ts';
import { changeMerge } from './change-merge.ts';

/** Commands that are not in the state yet, in the order in which they were given, with the state that they touch. */
export type WaitingCommands = { commands: Command[]; state: LaneState };

/** A command that was applied, as it is kept together with what it changed. */
export type AppliedCommand = {
  id: string;
  /** Milliseconds. */
  appliedAt: number;
  result: CommandResult;
  /** Null when it changed nothing. */
  audit: AuditEntry | null;
};

/** What a command did: its result, and the entry in the audit log when it changed something. */
export type Obeyed = {
  result: CommandResult;
  audit: Pick<AuditEntry, 'action' | 'subject' | 'detail'> | null;
};

/** What obeying asks of the store. */
export type ObeyStore = {
  readCommands(lane: Lane, limit: number): Promise<WaitingCommands>;
  commitLane(commit: LaneCommit): Promise<void>;
};

const BATCH = 64;

/**
 * Applies what people asked the owner of a lane to do, in order; result and change are one transaction.
 *
 * @param context `applied` is told of each command, `settled` of every notification that changed, after the commit
 * @returns true when there may be more
 */
export async function obeyCommands(
  fence: Fence,
  store: ObeyStore,
  context: {
    clock: { now(): number };
    applied(command: Command): void;
    settled(notification: Notification): void;
  },
): Promise<boolean> {
  const { commands, state } = await store.readCommands(fence.lane, BATCH);
  if (commands.length === 0) return false;
  const draft = draftOf(fence.lane, state);
  const appliedAt = context.clock.now();
  const appliedCommands = commands.map((command): AppliedCommand => {
    const { result, audit } = obey(command, draft, appliedAt);
    return {
      id: command.id,
      appliedAt,
      result,
      audit: audit === null ? null : { ...audit, at: appliedAt, actor: command.actor },
    };
  });
  const changes = draft.changes();
  await store.commitLane({ fence, settledAttempts: [], appliedCommands, changes });
  for (const notification of changes.notifications) context.settled(notification);
  for (const [index, command] of commands.entries()) {
    context.applied({ ...command, appliedAt, result: appliedCommands[index]?.result ?? null });
  }
  return true;
}

function obey(command: Command, draft: LaneDraft, now: number): Obeyed {
  const { request } = command;
  switch (request.kind) {
    case 'undo-merge':
      return changeMerge(request.mergeId, { undoneAt: now, undoneBy: command.actor.name }, draft);
    case 'redo-merge':
      return changeMerge(request.mergeId, { undoneAt: null, undoneBy: null }, draft);
    case 'cancel-notification':
      return cancelNotification(request.notificationId, draft, now);
  }
}

import type { Actor } from './audit.ts';
import type { Lane } from './lane.ts';

/** What a command asks for. A new kind is a member here and a file in `src/flows/commands`. */
export type CommandRequest =
  /** Take two contacts for two people again. */
  | { kind: 'undo-merge'; mergeId: string }
  /** Take them for one person after all. */
  | { kind: 'redo-merge'; mergeId: string }
  /** Do not send what still waits. */
  | { kind: 'cancel-notification'; notificationId: string };

/** The kinds of commands, one word each. */
export const commandKinds = [
  'undo-merge',
  'redo-merge',
  'cancel-notification',
] as const satisfies CommandRequest['kind'][];

/** What became of a command. `unchanged`: it was so already, or there is nothing that it could change. */
export type CommandResult = { outcome: 'done' | 'unchanged' };

/** What somebody asks the owner of a lane to do. The owner applies commands in the order in which they were given. */
export type Command = {
  /** `cm_` and sixteen characters. */
  id: string;
  lane: Lane;
  request: CommandRequest;
  actor: Actor;
  /** Milliseconds. */
  createdAt: number;
  /** When it was applied, in milliseconds; null while it waits. */
  appliedAt: number | null;
  result: CommandResult | null;
};

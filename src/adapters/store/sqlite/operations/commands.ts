import type { Command, CommandRequest } from '../../../../domain/command.ts';
import type { Lane } from '../../../../domain/lane.ts';
import type { AppliedCommand, WaitingCommands } from '../../../../flows/commands/obey.ts';
import { noSubjects, type Subjects } from '../../fold-subjects.ts';
import { inTransaction, type StoreContext } from '../context.ts';
import { all, get, run } from '../statement.ts';
import { appendAudit } from './audit.ts';
import { loadState } from './load-state.ts';

type CommandRow = {
  id: string;
  lane: number;
  payload: string;
  actor: string;
  actor_name: string;
  created_at: number;
  applied_at: number | null;
  result: string | null;
};

/** Keeps a command for the owner of its lane. */
export function insertCommand(context: StoreContext, command: Command): void {
  inTransaction(context, () => {
    run(
      context.database,
      `insert into commands (id, lane, kind, payload, actor, actor_name, created_at) values (?, ?, ?, ?, ?, ?, ?)`,
      command.id,
      context.ensureLane(command.lane),
      command.request.kind,
      JSON.stringify(command.request),
      command.actor.id,
      command.actor.name,
      command.createdAt,
    );
  });
}

/** One command, or null. */
export function findCommand(context: StoreContext, id: string): Command | null {
  const row = get<CommandRow>(context.database, 'select * from commands where id = ?', id);
  return row === undefined ? null : commandOfRow(row, context.laneName(row.lane));
}

/** A lane's commands that are not in the state yet, in the order in which they were given, with what they touch. */
export function readCommands(context: StoreContext, lane: Lane, limit: number): WaitingCommands {
  const laneId = context.laneId(lane);
  const commands =
    laneId === null
      ? []
      : all<CommandRow>(
          context.database,
          'select * from commands where lane = ? and applied_at is null order by number limit ?',
          laneId,
          limit,
        ).map((row) => commandOfRow(row, lane));
  const subjects = noSubjects();
  for (const { request } of commands) addSubjects(subjects, request);
  return { commands, state: loadState(context, lane, subjects) };
}

function addSubjects(subjects: Subjects, request: CommandRequest): void {
  switch (request.kind) {
    case 'undo-merge':
    case 'redo-merge':
      subjects.mergeIds.push(request.mergeId);
      break;
    case 'cancel-notification':
      subjects.notificationIds.push(request.notificationId);
      break;
  }
}

/** Notes what became of a command, inside the transaction of what it changed. */
export function noteApplied(context: StoreContext, { id, appliedAt, result, audit }: AppliedCommand): void {
  run(
    context.database,
    'update commands set applied_at = ?, result = ? where id = ?',
    appliedAt,
    JSON.stringify(result),
    id,
  );
  if (audit !== null) appendAudit(context, audit);
}

function commandOfRow(row: CommandRow, lane: Lane): Command {
  return {
    id: row.id,
    lane,
    request: JSON.parse(row.payload),
    actor: { id: row.actor, name: row.actor_name },
    createdAt: row.created_at,
    appliedAt: row.applied_at,
    result: row.result === null ? null : JSON.parse(row.result),
  };
}

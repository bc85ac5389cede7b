import type { Command, CommandRequest } from '../../../../domain/command.ts';
import type { Lane } from '../../../../domain/lane.ts';
import type { WaitingCommands } from '../../../../flows/commands/obey.ts';
import { noSubjects, type Subjects } from '../../fold-subjects.ts';
import type { PostgresContext } from '../context.ts';
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
export async function insertCommand(
  { database, ensureLane }: PostgresContext,
  command: Command,
): Promise<void> {
  await database.run(
    'insert into commands (id, lane, kind, payload, actor, actor_name, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
    command.id,
    await ensureLane(command.lane),
    command.request.kind,
    JSON.stringify(command.request),
    command.actor.id,
    command.actor.name,
    command.createdAt,
  );
}

/** One command, or null. */
export async function findCommand(
  { database, laneNames }: PostgresContext,
  id: string,
): Promise<Command | null> {
  const row = await database.get<CommandRow>('select * from commands where id = $1', id);
  if (row === undefined) return null;
  return commandOfRow(row, (await laneNames([row]))(row.lane));
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

/** A lane's commands that are not in the state yet, in the order in which they were given, with what they touch. */
export async function readCommands(
  context: PostgresContext,
  lane: Lane,
  limit: number,
): Promise<WaitingCommands> {
  const rows = await context.database.all<CommandRow>(
    `select commands.* from commands join lanes on lanes.id = lane
     where lanes.name = $1 and applied_at is null order by number limit $2`,
    lane,
    limit,
  );
  const commands = rows.map((row) => commandOfRow(row, lane));
  const subjects = noSubjects();
  for (const { request } of commands) addSubjects(subjects, request);
  return { commands, state: await loadState(context, lane, subjects) };
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

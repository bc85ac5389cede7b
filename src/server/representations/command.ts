import type { Command } from '../../domain/command.ts';
import type { CommandBody } from '../contract/command.ts';
import { isoTime, isoTimeOrNull } from './time.ts';

/** A command as the API shows it. */
export function commandBody(command: Command): CommandBody {
  return {
    id: command.id,
    kind: command.request.kind,
    createdAt: isoTime(command.createdAt),
    appliedAt: isoTimeOrNull(command.appliedAt),
    outcome: command.result?.outcome ?? null,
  };
}

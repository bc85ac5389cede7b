import type { Command } from '../../domain/command.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import { type CommandBody, commandSchema } from '../contract/command.ts';
import { idParameters } from '../contract/value.ts';
import { looksLikeId } from '../page.ts';
import { ProblemError, problemOf } from '../problem.ts';
import { commandBody } from '../representations/command.ts';
import type { Api } from '../typed-fastify.ts';

/** What the route of commands needs. */
export type CommandPorts = { findCommand(id: string): Promise<Command | null> };

/** GET /v1/commands/{id}: what became of a command that was not applied at once. */
export function commandRoutes(api: Api, ports: CommandPorts): void {
  api.get(
    '/commands/:id',
    {
      config: { scopes: ['read'] },
      schema: {
        tags: ['Commands'],
        operationId: 'getCommand',
        summary: 'Get a command',
        description:
          'Whether a command was applied. Ask here when a change was answered with 202 because it waits for its turn.',
        params: idParameters('cm_01k9x2m4c7b8d3fq'),
        response: { 200: answerOf(commandSchema, 'The command.'), ...problemAnswers(401, 404, 500) },
      },
    },
    async (request): Promise<CommandBody> => {
      const { id } = request.params;
      const command = looksLikeId('cm', id) ? await ports.findCommand(id) : null;
      if (command === null) throw new ProblemError(problemOf('command-unknown'));
      return commandBody(command);
    },
  );
}

import type { Merge } from '../../domain/merge.ts';
import type { ContactView } from '../../domain/views.ts';
import type { GiveCommand } from '../../flows/commands/give-command.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import { callerOf } from '../caller.ts';
import { type CommandBody, commandSchema } from '../contract/command.ts';
import {
  type MergeBody,
  type MergePageBody,
  mergePageSchema,
  mergeParameters,
  mergeQuerySchema,
  mergeSchema,
} from '../contract/merge.ts';
import { idParameters } from '../contract/value.ts';
import { idCursor, looksLikeId, readPage } from '../page.ts';
import { ProblemError, problemOf } from '../problem.ts';
import { commandBody } from '../representations/command.ts';
import { mergeBody } from '../representations/merge.ts';
import type { Api } from '../typed-fastify.ts';

/** What the routes of merges need. */
export type MergePorts = {
  findContact(id: string): Promise<ContactView | null>;
  /** At most `limit`, in the order in which they were made, behind the id `after`. */
  listMerges(query: { contactId: string; after: string | null; limit: number }): Promise<Merge[]>;
  findMerge(id: string): Promise<Merge | null>;
  giveCommand: GiveCommand;
};

/** How contacts came to be one person: the history, undoing, and doing again. */
export function mergeRoutes(api: Api, ports: MergePorts): void {
  api.get(
    '/contacts/:id/merges',
    {
      config: { scopes: ['read'] },
      schema: {
        tags: ['Contacts'],
        operationId: 'listMerges',
        summary: 'List the merges of a contact',
        description:
          'Which contacts turned out to be this person, on what evidence, and which of that was undone.',
        params: idParameters('ct_01k9x2m4c7b8d3fq'),
        querystring: mergeQuerySchema,
        response: {
          200: answerOf(mergePageSchema, 'A page of merges.'),
          ...problemAnswers(400, 401, 404, 500),
        },
      },
    },
    async (request): Promise<MergePageBody> => {
      const { id: contactId } = request.params;
      const after = idCursor('mg', request.query.after);
      if (!looksLikeId('ct', contactId) || (await ports.findContact(contactId)) === null) {
        throw new ProblemError(problemOf('contact-unknown'));
      }
      const { rows, next } = await readPage(
        request.query.limit,
        (limit) => ports.listMerges({ contactId, after, limit }),
        (merge) => merge.id,
      );
      return { data: rows.map(mergeBody), next };
    },
  );

  changeRoute('undo', {
    kind: 'undo-merge',
    operationId: 'undoMerge',
    summary: 'Undo a merge',
    description:
      'Takes two contacts for two people again. Each has again the identifiers, messages and window that are its own, and the same evidence does not make them one again.',
  });
  changeRoute('redo', {
    kind: 'redo-merge',
    operationId: 'redoMerge',
    summary: 'Do an undone merge again',
    description: 'Takes two contacts, whose merge was undone, for one person after all.',
  });

  function changeRoute(
    verb: 'undo' | 'redo',
    about: { kind: 'undo-merge' | 'redo-merge'; operationId: string; summary: string; description: string },
  ): void {
    const { kind, operationId, summary, description } = about;
    api.post(
      `/contacts/:id/merges/:mergeId/${verb}`,
      {
        config: { scopes: ['manage'] },
        schema: {
          tags: ['Contacts'],
          operationId,
          summary,
          description,
          params: mergeParameters,
          response: {
            200: answerOf(mergeSchema, 'The merge as it is now.'),
            202: answerOf(
              commandSchema,
              'It waits for its turn: GET /v1/commands/{id} tells when it is done.',
            ),
            ...problemAnswers(401, 404, 500),
          },
        },
      },
      async (request, reply): Promise<MergeBody | CommandBody> => {
        const { id, mergeId } = request.params;
        const merge = await mergeOf(id, mergeId);
        const command = await ports.giveCommand(merge.lane, { kind, mergeId }, callerOf(request));
        if (command.appliedAt === null) {
          reply.code(202).header('location', `/v1/commands/${command.id}`);
          return commandBody(command);
        }
        return mergeBody((await ports.findMerge(mergeId)) ?? merge);
      },
    );
  }

  /** The merge, when the contact, or one that it is made one with, has part in it. */
  async function mergeOf(contactId: string, mergeId: string): Promise<Merge> {
    const person = looksLikeId('ct', contactId) ? await ports.findContact(contactId) : null;
    if (person === null) throw new ProblemError(problemOf('contact-unknown'));
    const merge = looksLikeId('mg', mergeId) ? await ports.findMerge(mergeId) : null;
    const ids = [person.contact.id, ...person.mergedFrom];
    if (merge === null || !(ids.includes(merge.survivor) || ids.includes(merge.merged))) {
      throw new ProblemError(problemOf('merge-unknown'));
    }
    return merge;
  }
}

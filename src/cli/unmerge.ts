import { z } from 'zod';
import { printable } from '../adapters/telemetry/printable.ts';
import type { CommandContext } from './command-context.ts';
import { callGateway, findGateway } from './gateway-client.ts';
import { readAnswer } from './read-answer.ts';

const commandSchema = z.looseObject({ id: z.string(), appliedAt: z.null() });
const mergeSchema = z.looseObject({ id: z.string(), survivorId: z.string(), mergedId: z.string() });
const answerSchema = z.union([mergeSchema, commandSchema]);

/** Undoes a merge of a contact, or does it again. */
export async function changeMerge(
  verb: 'undo' | 'redo',
  contact: string,
  merge: string,
  options: { json?: boolean },
  context: CommandContext,
): Promise<void> {
  const json = options.json === true;
  const gateway = findGateway(context);
  const path = `/v1/contacts/${encodeURIComponent(contact)}/merges/${encodeURIComponent(merge)}/${verb}`;
  const answer = readAnswer(await callGateway(gateway, path, { method: 'POST' }), answerSchema, {
    json,
    context,
  });
  if (json) {
    context.print(JSON.stringify(answer, null, 2));
    return;
  }
  const waiting = commandSchema.safeParse(answer);
  if (waiting.success) {
    context.print(printable(`It waits for its turn, as command ${waiting.data.id}.`));
    context.print(printable(`Next: npx recado show ${contact}`));
    return;
  }
  const { id, survivorId, mergedId } = mergeSchema.parse(answer);
  const words =
    verb === 'undo'
      ? `${survivorId} and ${mergedId} are two people again.`
      : `${survivorId} and ${mergedId} are one person.`;
  context.print(printable(words));
  const other = verb === 'undo' ? 'remerge' : 'unmerge';
  context.print(
    printable(
      `Next: npx recado show ${mergedId}; to take it back, npx recado contacts ${other} ${survivorId} ${id}`,
    ),
  );
}

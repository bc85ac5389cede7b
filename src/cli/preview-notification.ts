import { z } from 'zod';
import { printable } from '../adapters/telemetry/printable.ts';
import type { JsonObject } from '../domain/json.ts';
import type { CommandContext } from './command-context.ts';
import { confirmCommand } from './confirm-check.ts';
import { contentInWords, shownContentSchema } from './content-in-words.ts';
import { callGateway, findGateway } from './gateway-client.ts';
import { localTime } from './local-time.ts';
import { readAnswer } from './read-answer.ts';

/** As much of a preview as is shown. */
const previewSchema = z.looseObject({
  decision: z.string(),
  because: z.string(),
  content: shownContentSchema.nullable(),
  failure: z
    .looseObject({ code: z.string(), title: z.string(), remedy: z.string(), check: z.string().nullish() })
    .nullable(),
  to: z.string(),
  contactId: z.string().nullable(),
  businessPhoneId: z.string().nullable(),
  window: z.looseObject({ open: z.boolean(), closesAt: z.string().nullable() }),
});

/**
 * Asks the running gateway what would become of a notification, and prints it. A refusal is an answer, no error.
 *
 * @param body the request, as POST /v1/notifications takes it
 * @throws CommandError when the gateway cannot be asked, or the request is malformed
 */
export async function previewNotification(
  body: JsonObject,
  json: boolean,
  context: CommandContext,
): Promise<void> {
  const answer = await callGateway(findGateway(context), '/v1/notifications/preview', {
    method: 'POST',
    body,
  });
  const preview = readAnswer(answer, previewSchema, { json, context });
  if (json) {
    context.print(JSON.stringify(preview, null, 2));
    return;
  }
  const say = (text: string) => context.print(printable(text));
  const { content, contactId, failure, window } = preview;
  say(`Decision  ${preview.decision}`);
  say(`Because   ${preview.because}`);
  say(`To        ${preview.to} (${contactId ?? 'not known yet'})`);
  if (preview.businessPhoneId !== null) say(`From      ${preview.businessPhoneId}`);
  say(`Window    ${windowInWords(window)}`);
  if (content !== null) say(`Says      ${contentInWords(content)}`);
  if (failure !== null) say(`Failure   ${failure.title} (${failure.code})`);
  const confirm = confirmCommand(failure?.check);
  if (confirm !== null) say(`Confirm   ${confirm}`);
  say(`Next: ${failure?.remedy ?? 'nothing was sent; leave out --preview to send it.'}`);
}

function windowInWords({ open, closesAt }: z.infer<typeof previewSchema>['window']): string {
  if (closesAt === null) return 'never opened: they have not written';
  return `${open ? 'open until' : 'closed since'} ${localTime(closesAt)}`;
}

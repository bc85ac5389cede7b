import { z } from 'zod';
import { printable } from '../adapters/telemetry/printable.ts';
import { confirmCommand } from './confirm-check.ts';
import { contentInWords, shownContentSchema } from './content-in-words.ts';
import { localTime } from './local-time.ts';
import { askGateway } from './read-answer.ts';
import type { Show } from './show.ts';

const failureSchema = z.looseObject({
  code: z.string(),
  metaCode: z.number().nullable(),
  title: z.string(),
  details: z.string().nullable(),
  remedy: z.string(),
  /** Left out by gateways of before. */
  check: z.string().nullable().default(null),
});
type ShownFailure = z.infer<typeof failureSchema>;

const shownErrorSchema = z.looseObject({
  code: z.number().nullable(),
  title: z.string().nullable(),
  details: z.string().nullable(),
});

const notificationSchema = z.looseObject({
  id: z.string(),
  state: z.string(),
  to: z.string(),
  decision: z.string(),
  because: z.string(),
  messageId: z.string().nullable(),
  failure: failureSchema.nullable(),
  statuses: z.array(
    z.looseObject({
      status: z.string(),
      at: z.string(),
      participant: z.string().nullable(),
      errors: z.array(shownErrorSchema),
    }),
  ),
  attempts: z.array(
    z.looseObject({
      number: z.number(),
      startedAt: z.string(),
      finishedAt: z.string(),
      outcome: z.string(),
      reason: z.string().nullable(),
      failure: failureSchema.nullable(),
      // A gateway of an earlier version does not tell it.
      traceId: z.string().nullable().default(null),
    }),
  ),
  reference: z.string().nullable(),
  contactId: z.string().nullable(),
  content: shownContentSchema,
  notBefore: z.string().nullable(),
  notAfter: z.string(),
  nextAttemptAt: z.string().nullable(),
  metaHold: z.boolean(),
  createdAt: z.string(),
});

/** Shows the whole story of a notification, ending with what to do now. */
export const showNotification: Show = async (id, gateway, how) => {
  const { context, json } = how;
  const path = `/v1/notifications/${encodeURIComponent(id)}`;
  const notification = await askGateway(gateway, path, notificationSchema, how);
  if (json) {
    context.print(JSON.stringify(notification, null, 2));
    return;
  }
  const say = (text: string) => context.print(printable(text));
  const { content, failure } = notification;
  say(
    `${notification.id}  ${notification.state}${notification.metaHold ? ' (held by Meta for a check)' : ''}`,
  );
  say(
    `To           ${notification.to}${notification.contactId === null ? '' : ` (${notification.contactId})`}`,
  );
  say(`Says         ${contentInWords(content)}`);
  if (notification.reference !== null) say(`Reference    ${notification.reference}`);
  say(`Taken        ${localTime(notification.createdAt)}`);
  say(`Decision     ${notification.decision}`);
  say(`Because      ${notification.because}`);
  if (notification.notBefore !== null) say(`Not before   ${localTime(notification.notBefore)}`);
  say(`Not after    ${localTime(notification.notAfter)}`);
  for (const attempt of notification.attempts) {
    const time = Date.parse(attempt.finishedAt) - Date.parse(attempt.startedAt);
    const why = attempt.failure === null ? attempt.reason : describeFailure(attempt.failure);
    say(
      `Attempt ${String(attempt.number).padEnd(4)} ${localTime(attempt.startedAt)}  ${attempt.outcome} after ${time} ms${why === null ? '' : `: ${why}`}`,
    );
    if (attempt.traceId !== null) say(`Trace id     ${attempt.traceId} (for Meta’s support)`);
  }
  if (notification.messageId !== null) say(`Message id   ${notification.messageId}`);
  for (const { status, at, participant, errors } of notification.statuses) {
    const why = errors.map(describeError).join(', ');
    say(
      `Status       ${localTime(at)}  ${status}${participant === null ? '' : ` by ${participant}`}${why === '' ? '' : `: ${why}`}`,
    );
  }
  if (notification.nextAttemptAt !== null) say(`Next try     ${localTime(notification.nextAttemptAt)}`);
  if (failure !== null) {
    say(`Failure      ${describeFailure(failure)}`);
    if (failure.details !== null) say(`Meta says    ${failure.details}`);
    const confirm = confirmCommand(failure.check);
    if (confirm !== null) say(`Confirm      ${confirm}`);
  }
  say(`Next: ${nextStep(notification)}`);
};

function describeFailure({ title, code, metaCode }: ShownFailure): string {
  return `${title} (${code}${metaCode === null ? '' : `, Meta’s #${metaCode}`})`;
}

function describeError({ code, title, details }: z.infer<typeof shownErrorSchema>): string {
  return [code === null ? null : `#${code}`, title ?? details].filter((part) => part !== null).join(' ');
}

function nextStep({ state, failure, id }: z.infer<typeof notificationSchema>): string {
  if (failure !== null) return failure.remedy;
  if (state === 'read' || state === 'delivered') return 'nothing; it has arrived.';
  if (state === 'unknown') {
    return 'nobody knows whether it left, so it is not sent again. A status from Meta still settles it. Ask the person, or send a new one where a double does no harm.';
  }
  return `it goes on by itself; look again with npx recado show ${id}`;
}

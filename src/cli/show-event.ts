import { z } from 'zod';
import { printable } from '../adapters/telemetry/printable.ts';
import { eventId, eventPosition } from '../domain/event.ts';
import type { Json } from '../domain/json.ts';
import { CommandError, wrongUsage } from './command-error.ts';
import { confirmCommand } from './confirm-check.ts';
import { describeEvent, eventSchema } from './describe-event.ts';
import { errorsInEvent } from './errors-in-event.ts';
import { localTime } from './local-time.ts';
import { askGateway } from './read-answer.ts';
import type { Show } from './show.ts';

const pageSchema = z.looseObject({ data: z.array(eventSchema) });

/** Shows an event with its payload. */
export const showEvent: Show = async (id, gateway, how) => {
  const { context, json } = how;
  const position = eventPosition(id);
  if (position === null) {
    throw wrongUsage(
      'The id of an event is ev_ and ten digits or small letters.',
      'Find ids with `npx recado listen --from start`.',
    );
  }
  const before = eventId(Math.max(0, position - 1));
  const page = await askGateway(gateway, `/v1/events?limit=1&after=${before}`, pageSchema, how);
  const event = page.data.find((found) => found.id === id);
  if (event === undefined) {
    throw new CommandError('No event has this id.', 'Find ids with `npx recado listen --from start`.');
  }
  if (json) {
    context.print(JSON.stringify(event, null, 2));
    return;
  }
  context.print(`${event.id}  ${event.kind}`);
  context.print(`Says       ${describeEvent(event)}`);
  const printJson = (title: string, value: Json) => {
    context.print(title);
    for (const line of JSON.stringify(value, null, 2).split('\n')) context.print(`  ${printable(line)}`);
  };
  if (event.occurredAt !== null) context.print(`Happened   ${localTime(event.occurredAt)} by Meta’s clock`);
  context.print(`Received   ${localTime(event.receivedAt)}`);
  context.print(
    `Phone      ${event.businessPhoneId ?? 'none'}${event.foreign ? ' (not yours: it changes nothing)' : ''}`,
  );
  context.print(`Contact    ${event.contactId ?? 'none'}`);
  if (event.revision > 1) context.print(`Revision   ${event.revision}: understood better since it came`);
  if (event.replayed) context.print('Replayed   found or upgraded by reading stored webhooks again');
  if (event.metaTest) context.print('Test       made up by the "Test" link of Meta’s App Dashboard');
  context.print(`Key        ${event.key}`);
  for (const { metaCode, meaning, cure, check } of errorsInEvent(event.kind, event.content)) {
    context.print(`Meta #${metaCode}: ${meaning}`);
    context.print(`  Cure: ${cure}`);
    const confirm = confirmCommand(check);
    if (confirm !== null) context.print(`  Confirm: ${confirm}`);
  }
  if (event.content !== undefined && event.content !== null) printJson('Content', event.content);
  printJson('Payload', event.payload);
  const notificationId = z.looseObject({ notificationId: z.string() }).safeParse(event.payload);
  if (notificationId.success)
    context.print(`Next: npx recado show ${printable(notificationId.data.notificationId)}`);
  else if (event.contactId !== null) context.print(`Next: npx recado show ${event.contactId}`);
  else context.print(`Next: npx recado listen --after ${event.id}`);
};

import { z } from 'zod';
import { printable } from '../adapters/telemetry/printable.ts';
import { fitText } from './fit-text.ts';
import type { GatewayAddress } from './gateway-client.ts';
import { localTime } from './local-time.ts';
import { askGateway } from './read-answer.ts';
import type { Show } from './show.ts';

const contactSchema = z.looseObject({
  id: z.string(),
  name: z.string().nullable(),
  waId: z.string().nullable(),
  userId: z.string().nullable(),
  identifiers: z.array(
    z.looseObject({ kind: z.string(), value: z.string(), until: z.string().nullable().optional() }),
  ),
  optOuts: z.array(z.looseObject({ purpose: z.string(), since: z.string(), evidence: z.string() })),
  firstSeenAt: z.string(),
  wroteIn: z.boolean(),
  conversationId: z.string().nullable(),
  window: z.looseObject({ open: z.boolean(), closesAt: z.string().nullable() }),
  canBeNotified: z.looseObject({ freeForm: z.boolean(), because: z.string() }),
});
const mergesSchema = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string(),
      survivorId: z.string(),
      mergedId: z.string(),
      evidence: z.looseObject({ sentence: z.string() }),
      undoneAt: z.string().nullable(),
    }),
  ),
});
const messageSchema = z.looseObject({
  direction: z.string(),
  at: z.string(),
  type: z.string(),
  text: z.string().nullable(),
  notificationId: z.string().nullable(),
  state: z.string().nullable(),
});
const threadSchema = z.looseObject({ data: z.array(messageSchema), next: z.string().nullable() });
type ShownMessage = z.infer<typeof messageSchema>;

/** How many of the thread's messages are shown. */
const LAST = 10;

/** Shows a contact: names, window, and the last messages of the thread. */
export const showContact: Show = async (id, gateway, how) => {
  const { context, json } = how;
  const contact = await askGateway(gateway, `/v1/contacts/${encodeURIComponent(id)}`, contactSchema, how);
  const { conversationId } = contact;
  const mergesPath = `/v1/contacts/${encodeURIComponent(contact.id)}/merges?limit=500`;
  const { data: merges } = await askGateway(gateway, mergesPath, mergesSchema, how);
  const messages = conversationId === null ? [] : await lastMessages(conversationId, gateway, how);
  if (json) {
    context.print(JSON.stringify({ ...contact, merges, lastMessages: messages }, null, 2));
    return;
  }
  context.print(printable(`${contact.id}  ${contact.name ?? 'without a name'}`));
  for (const { kind, value, until } of contact.identifiers) {
    const left = typeof until === 'string' ? `, left ${localTime(until)}` : '';
    context.print(printable(`${(identifierWords[kind] ?? kind).padEnd(12)} ${value}${left}`));
  }
  for (const { id: mergeId, survivorId, mergedId, evidence, undoneAt } of merges) {
    const verb = undoneAt === null ? 'is' : 'was taken for';
    context.print(printable(`Merge        ${mergeId}: ${mergedId} ${verb} ${survivorId}`));
    context.print(printable(`             ${evidence.sentence}`));
    const change = undoneAt === null ? 'unmerge' : 'remerge';
    context.print(printable(`             Wrong? npx recado contacts ${change} ${contact.id} ${mergeId}`));
  }
  context.print(
    `First seen   ${localTime(contact.firstSeenAt)}${contact.wroteIn ? '' : '; has not written in'}`,
  );
  context.print(`Window       ${windowWords(contact.window)}`);
  context.print(printable(`Notify       ${contact.canBeNotified.because}`));
  for (const { purpose, since, evidence } of contact.optOuts) {
    context.print(printable(`Opted out    ${purpose}, ${localTime(since)}: ${evidence}`));
  }
  if (messages.length > 0) {
    context.print(messages.length === LAST ? `Last ${LAST} messages` : 'Messages');
    for (const message of messages) context.print(`  ${messageLine(message)}`);
  }
  const content = contact.canBeNotified.freeForm ? '--text "Hello"' : '--template NAME --language CODE';
  context.print(`Next: npx recado send --to ${contact.id} ${content}`);
};

/** The thread is listed from its beginning, so that its end is found by going through it. */
async function lastMessages(
  conversationId: string,
  gateway: GatewayAddress,
  how: Parameters<Show>[2],
): Promise<ShownMessage[]> {
  let last: ShownMessage[] = [];
  let after: string | null = null;
  do {
    const query = new URLSearchParams({ limit: '500', ...(after === null ? {} : { after }) });
    const path = `/v1/conversations/${encodeURIComponent(conversationId)}/messages?${query}`;
    const page: z.infer<typeof threadSchema> = await askGateway(gateway, path, threadSchema, how);
    last = [...last, ...page.data].slice(-LAST);
    after = page.next;
  } while (after !== null);
  return last;
}

const identifierWords: Readonly<Record<string, string>> = {
  wa_id: 'WhatsApp id',
  user_id: 'User id',
  parent_user_id: 'Parent id',
  username: 'Username',
  typed: 'Typed as',
};

function windowWords({ open, closesAt }: z.infer<typeof contactSchema>['window']): string {
  if (closesAt === null) return 'closed: has not written in';
  return open ? `open until ${localTime(closesAt)}` : `closed since ${localTime(closesAt)}`;
}

function messageLine({ direction, at, type, text, state, notificationId }: ShownMessage): string {
  const arrow = direction === 'in' ? 'they' : 'you ';
  const said = text === null ? `[${fitText(type, 20)}]` : fitText(text, 60);
  const fate = state === null ? '' : `  (${state}, ${notificationId})`;
  return `${localTime(at)}  ${arrow}  ${said}${fate}`;
}

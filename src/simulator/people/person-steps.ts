import * as z from 'zod';
import type { PhoneMessage } from './phone-message.ts';
import type { PersonFile, SimulatedPerson } from './simulated-person.ts';

const file = z.strictObject({
  does: z.literal('sends-file'),
  kind: z.enum(['image', 'video', 'audio', 'document', 'sticker']),
  mimeType: z.string().min(1),
  /** The bytes of the file. */
  base64: z.base64(),
  caption: z.string().optional(),
  filename: z.string().optional(),
  /** Of audio: a recording. */
  voice: z.boolean().optional(),
});

const card = z.strictObject({
  name: z.string().min(1),
  phones: z.array(
    z.strictObject({
      number: z.string().min(1),
      waId: z.string().nullable(),
      label: z.string().nullable(),
    }),
  ),
  company: z.string().nullable(),
});

/** The advertisement that they tapped to write (meta-facts §4.1, `referral`). */
const adClick = z.strictObject({
  sourceUrl: z.url(),
  sourceId: z.string().min(1),
  sourceType: z.enum(['ad', 'post']).default('ad'),
  headline: z.string(),
  body: z.string(),
  mediaType: z.enum(['image', 'video']).default('image'),
  mediaUrl: z.url().nullable().default(null),
  /** Meta's id of the click; null for advertisements in Status. */
  clickId: z.string().min(1).nullable().default(null),
  /** The greeting that the advertisement showed. */
  welcomeText: z.string().min(1).nullable().default(null),
});

/** What a person sends that has no act of its own (meta-facts §4.2). */
export const otherContent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('contacts'), cards: z.array(card).min(1) }),
  z.strictObject({
    kind: z.literal('order'),
    catalogId: z.string().min(1),
    text: z.string().nullable(),
    items: z
      .array(
        z.strictObject({
          productRetailerId: z.string().min(1),
          quantity: z.int().positive(),
          itemPrice: z.number().nonnegative(),
          currency: z.string().length(3),
        }),
      )
      .min(1),
  }),
  z.strictObject({
    kind: z.literal('form-reply'),
    form: z.enum(['flow', 'address_message']),
    body: z.string(),
    responseJson: z.string(),
  }),
  z.strictObject({
    kind: z.literal('call-permission-reply'),
    accepted: z.boolean(),
    expiresAt: z.number().nullable(),
  }),
  z.strictObject({ kind: z.literal('request-welcome') }),
  z.strictObject({ kind: z.literal('unsupported'), metaType: z.string().nullable() }),
  z.strictObject({ kind: z.literal('invented'), type: z.string().min(1), words: z.string() }),
]);

/**
 * One thing that a person does, as data. A message is meant by its wamid, or as the `last`: of those that arrived, and
 * for a change of one's own message, of those that they wrote.
 */
export const personStep = z.discriminatedUnion('does', [
  z.strictObject({ does: z.literal('joins'), name: z.string().min(1).optional() }),
  z.strictObject({
    does: z.literal('writes'),
    text: z.string().min(1),
    replyTo: z.string().optional(),
    /** Passed on from another chat. */
    forwarded: z.enum(['once', 'often']).optional(),
    adClick: adClick.optional(),
    /** The product of the answered message that the question is about. */
    product: z
      .strictObject({ catalogId: z.string().min(1), productRetailerId: z.string().min(1) })
      .optional(),
    /** The group that it is written in. */
    groupId: z.string().optional(),
  }),
  z.strictObject({ does: z.literal('sends'), content: otherContent }),
  z.strictObject({ does: z.literal('edits'), messageId: z.string(), text: z.string().min(1) }),
  z.strictObject({ does: z.literal('deletes'), messageId: z.string() }),
  z.strictObject({ does: z.literal('shows-read-receipts'), shown: z.boolean() }),
  file,
  z.strictObject({
    does: z.literal('sends-location'),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    name: z.string().optional(),
    address: z.string().optional(),
  }),
  z.strictObject({ does: z.literal('taps'), choice: z.string(), messageId: z.string().optional() }),
  z.strictObject({ does: z.literal('reacts'), to: z.string(), emoji: z.string().min(1).nullable() }),
  z.strictObject({ does: z.literal('reads') }),
  z.strictObject({ does: z.literal('plays'), messageId: z.string() }),
  /** For this many milliseconds of simulated time. */
  z.strictObject({ does: z.literal('calls'), lasting: z.number().nonnegative().optional() }),
  z.strictObject({ does: z.literal('stops-marketing') }),
  z.strictObject({ does: z.literal('resumes-marketing') }),
  z.strictObject({ does: z.literal('blocks') }),
  z.strictObject({ does: z.literal('unblocks') }),
  z.strictObject({ does: z.literal('goes-offline') }),
  z.strictObject({ does: z.literal('goes-online') }),
  z.strictObject({ does: z.literal('opens-chat') }),
  z.strictObject({ does: z.literal('closes-chat') }),
  z.strictObject({ does: z.literal('changes-number'), waId: z.string() }),
  z.strictObject({
    does: z.literal('takes-username'),
    username: z.string().min(1).nullable(),
    hideNumber: z.boolean().optional(),
  }),
  /** By somebody at the business, in the WhatsApp Business app. */
  z.strictObject({ does: z.literal('is-answered-in-app'), text: z.string().min(1) }),
  /** Whether another app owns the chat from now on. */
  z.strictObject({ does: z.literal('stands-by'), standby: z.boolean() }),
  /** From then on to whatever arrives, after this many milliseconds of simulated time; null stops it. */
  z.strictObject({
    does: z.literal('answers-always'),
    text: z.string().min(1).nullable(),
    after: z.number().nonnegative().optional(),
  }),
]);

/** One thing that a person does, as data. */
export type PersonStep = z.infer<typeof personStep>;

/** Lets a person do it. Rejects as the method of `SimulatedPerson` does. */
export async function takeStep(person: SimulatedPerson, step: PersonStep): Promise<void> {
  switch (step.does) {
    case 'joins':
      return;
    case 'writes':
      await person.writes(step.text, {
        ...(step.replyTo !== undefined && { replyTo: meant(person, step.replyTo) }),
        ...(step.forwarded !== undefined && { forwarded: step.forwarded }),
        ...(step.adClick !== undefined && { adClick: step.adClick }),
        ...(step.product !== undefined && { product: step.product }),
        ...(step.groupId !== undefined && { groupId: step.groupId }),
      });
      return;
    case 'sends':
      await person.sends(step.content);
      return;
    case 'edits':
      await person.edits(meant(person, step.messageId, 'out'), step.text);
      return;
    case 'deletes':
      await person.deletes(meant(person, step.messageId, 'out'));
      return;
    case 'shows-read-receipts':
      person.setReadReceipts(step.shown);
      return;
    case 'sends-file':
      await sendFile(person, step);
      return;
    case 'sends-location': {
      const { latitude, longitude, name, address } = step;
      await person.sendsLocation({
        latitude,
        longitude,
        ...(name !== undefined && { name }),
        ...(address !== undefined && { address }),
      });
      return;
    }
    case 'taps':
      await person.taps(
        step.choice,
        step.messageId === undefined ? undefined : meant(person, step.messageId),
      );
      return;
    case 'reacts':
      await person.reacts(meant(person, step.to), step.emoji);
      return;
    case 'plays':
      await person.plays(meant(person, step.messageId));
      return;
    case 'calls':
      await person.calls(step.lasting === undefined ? {} : { lasting: step.lasting });
      return;
    case 'changes-number':
      await person.changesNumber(step.waId);
      return;
    case 'takes-username':
      person.takesUsername(step.username, { hideNumber: step.hideNumber ?? false });
      return;
    case 'is-answered-in-app':
      await person.isAnsweredInApp(step.text);
      return;
    case 'stands-by':
      person.setStandby(step.standby);
      return;
    case 'answers-always':
      person.setAutoReply(step.text, { after: step.after ?? 0 });
      return;
    default:
      await takePlainStep(person, step.does);
  }
}

type PlainStep =
  | 'reads'
  | 'stops-marketing'
  | 'resumes-marketing'
  | 'blocks'
  | 'unblocks'
  | 'goes-offline'
  | 'goes-online'
  | 'opens-chat'
  | 'closes-chat';

async function takePlainStep(person: SimulatedPerson, does: PlainStep): Promise<void> {
  switch (does) {
    case 'reads':
      return person.reads();
    case 'stops-marketing':
      return person.stopsMarketing();
    case 'resumes-marketing':
      return person.resumesMarketing();
    case 'blocks':
      return person.blocks();
    case 'unblocks':
      return person.unblocks();
    case 'goes-offline':
      return person.setOnline(false);
    case 'goes-online':
      return person.setOnline(true);
    case 'opens-chat':
      return person.setAutoRead(true);
    case 'closes-chat':
      return person.setAutoRead(false);
  }
}

async function sendFile(person: SimulatedPerson, step: z.infer<typeof file>): Promise<void> {
  const sent: PersonFile = { bytes: Buffer.from(step.base64, 'base64'), mimeType: step.mimeType };
  const caption = step.caption === undefined ? {} : { caption: step.caption };
  switch (step.kind) {
    case 'image':
      await person.sendsImage(sent, caption);
      return;
    case 'video':
      await person.sendsVideo(sent, caption);
      return;
    case 'document':
      await person.sendsDocument(sent, {
        ...caption,
        ...(step.filename !== undefined && { filename: step.filename }),
      });
      return;
    case 'audio':
      await person.sendsAudio(sent, { voice: step.voice ?? false });
      return;
    case 'sticker':
      await person.sendsSticker(sent);
  }
}

function meant(
  person: SimulatedPerson,
  messageId: string,
  direction: PhoneMessage['direction'] = 'in',
): string {
  if (messageId !== 'last') return messageId;
  const last = person.messages().findLast((message) => message.direction === direction);
  if (last !== undefined) return last.id;
  const whose = direction === 'in' ? 'of the business' : 'of their own';
  throw new RangeError(`The phone of ${person.name} shows no message ${whose}, so none is the last.`);
}

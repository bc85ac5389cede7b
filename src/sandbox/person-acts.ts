import { z } from 'zod';
import { TEXT_MAX_LENGTH } from '../domain/notification-content.ts';
import type { SimulatedPerson } from '../simulator/simulator.ts';
import type { SandboxProblemCode } from './problems.ts';
import { fileKinds, readSample, sampleKinds } from './sample-files.ts';

/** Something that a person does on their phone: `POST /sandbox/people/{waId}/{verb}`. */
export type PersonAct = {
  verb: string;
  /** An offline phone cannot do it. */
  needsOnline: boolean;
  /** In bytes. */
  bodyLimit: number;
  /** What is wrong with a body that does not fit. */
  otherwise: SandboxProblemCode;
  /** Does it when the body fits, else answers false. Rejects as the method of `SimulatedPerson` does. */
  take(person: SimulatedPerson, body: unknown): Promise<boolean>;
};

const kilobyte = 1024;
/** The largest audio or film of WhatsApp's, 16 MB (meta-facts §7.2), as base64 and with room for the words beside it. */
const fileLimit = 23 * kilobyte * kilobyte;

const nothing = z.strictObject({});
const messageId = z.string().min(1).max(500);
const replyTo = messageId.optional();
const caption = z.string().trim().min(1).max(1024).optional();
const line = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^\P{Cc}*$/u);

/** A number as people type it; becomes digits. */
export const typedNumber = z
  .string()
  .max(40)
  .regex(/^\+?[\d\s().-]+$/)
  .transform((typed) => typed.replace(/\D/g, ''))
  .pipe(z.string().regex(/^[1-9]\d{9,14}$/));

const file = z.union([
  z.strictObject({ kind: z.enum(sampleKinds), sample: z.literal(true), caption, replyTo }),
  z.strictObject({
    kind: z.enum(fileKinds),
    mimeType: z
      .string()
      .max(200)
      .regex(/^[\w.+-]+\/[\w.+-]+(\s*;.*)?$/),
    base64: z.base64().min(1),
    filename: line.optional(),
    caption,
    replyTo,
  }),
]);

function personAct<Schema extends z.ZodType>(
  about: { verb: string; otherwise?: SandboxProblemCode; needsOnline?: boolean; bodyLimit?: number },
  schema: Schema,
  act: (person: SimulatedPerson, body: z.infer<Schema>) => unknown,
): PersonAct {
  return {
    otherwise: 'act-invalid',
    needsOnline: true,
    bodyLimit: 64 * kilobyte,
    ...about,
    async take(person, body) {
      const read = schema.safeParse(body);
      if (read.success) await act(person, read.data);
      return read.success;
    },
  };
}

/** Whoever writes has the chat before their eyes. */
function writing<Schema extends z.ZodType>(
  about: Parameters<typeof personAct>[0],
  schema: Schema,
  act: (person: SimulatedPerson, body: z.infer<Schema>) => Promise<unknown>,
): PersonAct {
  return personAct(about, schema, async (person, body) => {
    await person.reads();
    await act(person, body);
  });
}

/** Everything that the page can let a person do. */
export const personActs: readonly PersonAct[] = [
  writing(
    { verb: 'messages', otherwise: 'text-invalid' },
    z.strictObject({ text: z.string().trim().min(1).max(TEXT_MAX_LENGTH), replyTo }),
    (person, { text, ...around }) => person.writes(text, given(around)),
  ),
  writing({ verb: 'files', otherwise: 'file-invalid', bodyLimit: fileLimit }, file, sendFile),
  writing(
    { verb: 'locations', otherwise: 'location-invalid' },
    z.strictObject({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      name: line.optional(),
      address: line.optional(),
      replyTo,
    }),
    (person, { replyTo: answered, latitude, longitude, ...words }) =>
      person.sendsLocation({ latitude, longitude, ...given(words) }, given({ replyTo: answered })),
  ),
  writing(
    { verb: 'contacts', otherwise: 'contact-invalid' },
    z.strictObject({ name: line, number: typedNumber, company: line.optional(), replyTo }),
    (person, { name, number, company, ...around }) =>
      person.sendsContacts(
        [{ name, phones: [{ number: `+${number}`, waId: number, label: 'CELL' }], company: company ?? null }],
        given(around),
      ),
  ),
  writing(
    { verb: 'taps' },
    z.strictObject({ messageId, choice: z.string().min(1).max(1000) }),
    (person, tap) => person.taps(tap.choice, tap.messageId),
  ),
  writing(
    { verb: 'reactions' },
    z.strictObject({ messageId, emoji: z.string().min(1).max(40).nullable() }),
    (person, reaction) => person.reacts(reaction.messageId, reaction.emoji),
  ),
  personAct({ verb: 'read', otherwise: 'reading-invalid' }, nothing, (person) => person.reads()),
  personAct({ verb: 'plays' }, z.strictObject({ messageId }), (person, played) =>
    person.plays(played.messageId),
  ),
  personAct({ verb: 'calls' }, nothing, (person) => person.calls()),
  personAct(
    { verb: 'online', otherwise: 'switch-invalid', needsOnline: false },
    z.strictObject({ online: z.boolean() }),
    (person, { online }) => person.setOnline(online),
  ),
  personAct({ verb: 'blocking' }, z.strictObject({ blocked: z.boolean() }), (person, { blocked }) =>
    blocked ? person.blocks() : person.unblocks(),
  ),
  personAct({ verb: 'marketing' }, z.strictObject({ wanted: z.boolean() }), (person, { wanted }) =>
    wanted ? person.resumesMarketing() : person.stopsMarketing(),
  ),
  personAct(
    { verb: 'number', otherwise: 'number-invalid' },
    z.strictObject({ number: typedNumber }),
    (person, { number }) => person.changesNumber(number),
  ),
  personAct(
    { verb: 'username', otherwise: 'username-invalid' },
    z.strictObject({
      username: z
        .string()
        .regex(/^[a-z0-9._]{3,35}$/i)
        .nullable(),
      hideNumber: z.boolean(),
    }),
    (person, { username, hideNumber }) => person.takesUsername(username, { hideNumber }),
  ),
];

async function sendFile(person: SimulatedPerson, sent: z.infer<typeof file>): Promise<unknown> {
  const { filename, ...content } =
    'sample' in sent
      ? await readSample(sent.kind)
      : { bytes: Buffer.from(sent.base64, 'base64'), mimeType: sent.mimeType, filename: sent.filename };
  const { kind } = sent;
  const options = given({ caption: sent.caption, replyTo: sent.replyTo });
  switch (kind) {
    case 'image':
      return person.sendsImage(content, options);
    case 'video':
      return person.sendsVideo(content, options);
    case 'document':
      return person.sendsDocument(content, { ...options, ...given({ filename }) });
    case 'sticker':
      return person.sendsSticker(content, options);
    default:
      return person.sendsAudio(content, { ...options, voice: kind === 'voice' });
  }
}

/** Without the members that were left out. */
function given<Members extends Record<string, string | undefined>>(
  members: Members,
): { [Name in keyof Members]?: Exclude<Members[Name], undefined> };
function given(members: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

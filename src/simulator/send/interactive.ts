import * as z from 'zod';
import { isJsonObject } from '../../domain/json.ts';
import type { PhoneHeader } from '../people/phone-content.ts';
import { type ContentReader, readerOf } from './content-reader.ts';
import { type InteractiveAction, interactiveActions } from './interactive-actions.ts';
import { mediaForms, namedMedia } from './media-parameters.ts';
import { atMost } from './parameter-forms.ts';
import { invalidValue, missingParameter } from './parameter-problem.ts';

/** Lengths in characters (Meta's description of the send call, v23). */
const HEADER_LENGTH = 60;
const BODY_LENGTH = 1024;
const FOOTER_LENGTH = 60;

const textHeader = z.strictObject({ type: z.literal('text'), text: atMost(HEADER_LENGTH) });

const header = z.discriminatedUnion('type', [
  textHeader,
  z.strictObject({ type: z.literal('image'), image: mediaForms.image }),
  z.strictObject({ type: z.literal('video'), video: mediaForms.video }),
  z.strictObject({ type: z.literal('document'), document: mediaForms.document }),
]);

const headers = {
  any: header.optional(),
  text: textHeader.optional(),
  needed: textHeader,
  none: z.undefined().optional(),
};

const footers = {
  optional: z.strictObject({ text: atMost(FOOTER_LENGTH) }).optional(),
  none: z.undefined().optional(),
};

/**
 * `interactive` (meta-facts §7.1). Of what is paid for, only the frame is checked.
 */
export const readInteractive: ContentReader = (parameter, codes) => {
  if (!isJsonObject(parameter)) {
    return { ok: false, refusal: invalidValue('Param interactive must be of type object.', codes) };
  }
  const given = parameter.type;
  if (given === undefined) return { ok: false, refusal: missingParameter("interactive['type']", codes) };
  const reader = typeof given === 'string' ? readers.get(given) : undefined;
  if (reader !== undefined) return reader(parameter, codes);
  const known = [...readers.keys()].join(', ').toUpperCase();
  const sentence = `Param interactive['type'] must be one of {${known}} - got ${JSON.stringify(given)}.`;
  return { ok: false, refusal: invalidValue(sentence, codes) };
};

const readers = new Map(
  interactiveActions.map((action): [string, ContentReader] => [action.type, readerOfType(action)]),
);

function readerOfType(form: InteractiveAction): ContentReader {
  if (form.type !== 'list') return readerOfLength(form, BODY_LENGTH);
  const readers = { 1024: readerOfLength(form, 1024), 4096: readerOfLength(form, 4096) };
  return (parameter, codes) => readers[codes.listBodyLength](parameter, codes);
}

function readerOfLength({ type, ...parts }: InteractiveAction, bodyLength: number): ContentReader {
  const body = z.strictObject({ text: atMost(bodyLength) });
  const form = z.strictObject({
    type: z.literal(type),
    header: headers[parts.header],
    body: parts.body === 'needed' ? body : body.optional(),
    footer: footers[parts.footer],
    action: parts.action,
  });
  return readerOf('interactive', form, (message) => ({
    kind: 'interactive',
    type,
    header: message.header === undefined ? null : headerOf(message.header),
    body: message.body?.text ?? null,
    footer: message.footer?.text ?? null,
    button: message.action.button,
    choices: message.action.choices,
  }));
}

function headerOf(given: z.output<typeof header>): PhoneHeader {
  switch (given.type) {
    case 'text':
      return { kind: 'text', text: given.text };
    case 'image':
      return { kind: 'image', media: namedMedia(given.image) };
    case 'video':
      return { kind: 'video', media: namedMedia(given.video) };
    case 'document': {
      const { filename } = given.document;
      return { kind: 'document', media: namedMedia(given.document), filename: filename ?? null };
    }
  }
}

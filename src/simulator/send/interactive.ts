import * as z from 'zod';
import { isJsonObject } from '../../domain/json.ts';
import type { PhoneHeader } from '../people/phone-content.ts';
import { type ContentReader, readerOf } from './content-reader.ts';
import { type InteractiveAction, interactiveActions } from './interactive-actions.ts';
import { mediaForms, namedMedia } from './media-parameters.ts';
import { nonEmpty } from './parameter-forms.ts';
import { invalidValue, missingParameter } from './parameter-problem.ts';

const words = z.strictObject({ text: nonEmpty });

const header = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: nonEmpty }),
  z.strictObject({ type: z.literal('image'), image: mediaForms.image }),
  z.strictObject({ type: z.literal('video'), video: mediaForms.video }),
  z.strictObject({ type: z.literal('document'), document: mediaForms.document }),
]);

const textHeader = z.strictObject({ type: z.literal('text'), text: nonEmpty });

/**
 * `interactive` (meta-facts §7.1). The types that meta-facts names without their members are read as far as all
 * have them in common: header, body and footer are checked, their `action` is taken as it comes.
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

function readerOfType({ type, action, bodyNeeded }: InteractiveAction): ContentReader {
  const form = z.strictObject({
    type: z.literal(type),
    header: (type === 'list' ? textHeader : header).optional(),
    body: bodyNeeded ? words : words.optional(),
    footer: words.optional(),
    action,
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

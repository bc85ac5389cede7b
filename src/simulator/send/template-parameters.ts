import * as z from 'zod';
import { type GraphProblem, invalidParameter, problem } from '../graph/graph-error.ts';
import type { GivenComponent, GivenParameter } from '../templates/given-component.ts';
import { readerOf } from './content-reader.ts';
import { locationForm, placeOf } from './location-and-contacts.ts';
import { mediaForms, namedMedia } from './media-parameters.ts';
import { anyObject, nonEmpty } from './parameter-forms.ts';
import type { RefusalCodes } from './refusal-codes.ts';

const type = <Type extends string>(name: Type) => z.literal(name);

/** A text that stands for another value where the phone cannot write that in its own language. */
const fallback = z.looseObject({ fallback_value: nonEmpty });

const parameter = z.discriminatedUnion('type', [
  z.strictObject({ type: type('text'), text: z.unknown().optional(), parameter_name: nonEmpty.optional() }),
  z.strictObject({ type: type('currency'), currency: fallback, parameter_name: nonEmpty.optional() }),
  z.strictObject({ type: type('date_time'), date_time: fallback, parameter_name: nonEmpty.optional() }),
  z.strictObject({ type: type('image'), image: mediaForms.image }),
  z.strictObject({ type: type('video'), video: mediaForms.video }),
  z.strictObject({ type: type('document'), document: mediaForms.document }),
  z.strictObject({ type: type('location'), location: locationForm }),
  z.strictObject({ type: type('payload'), payload: nonEmpty }),
  z.strictObject({ type: type('coupon_code'), coupon_code: nonEmpty }),
  z.strictObject({ type: type('action'), action: anyObject }),
]);

const component = z.strictObject({
  type: z.preprocess(
    (given) => (typeof given === 'string' ? given.toLowerCase() : given),
    z.enum(['header', 'body', 'button']),
  ),
  sub_type: nonEmpty.optional(),
  index: z.union([z.int().min(0), z.string().regex(/^\d+$/)], 'must be a whole number from 0.').optional(),
  parameters: z.array(parameter).optional(),
});

const template = z.strictObject({
  name: nonEmpty,
  namespace: z.string().optional(),
  language: z.strictObject({ code: nonEmpty, policy: z.literal('deterministic').optional() }),
  components: z.array(component).optional(),
});

/** `template` (meta-facts §7.1), before it is compared with the template itself. */
export const readTemplate = readerOf('template', template, (given, codes) => {
  const components: GivenComponent[] = [];
  for (const { type: part, sub_type: subType, index, parameters } of given.components ?? []) {
    if (part === 'button' && (subType === undefined || index === undefined)) {
      return { refusal: invalidParameter('A button component needs its sub_type and its index.') };
    }
    const read: GivenParameter[] = [];
    for (const value of parameters ?? []) {
      const one = readParameter(value, codes);
      if ('refusal' in one) return one;
      read.push(one);
    }
    components.push({
      type: part,
      subType: subType?.toLowerCase() ?? null,
      index: index === undefined ? null : Number(index),
      parameters: read,
    });
  }
  return { kind: 'template', name: given.name, language: given.language.code, components };
});

function readParameter(
  given: z.output<typeof parameter>,
  codes: RefusalCodes,
): GivenParameter | { refusal: GraphProblem } {
  switch (given.type) {
    case 'text':
      return readText(given.text, given.parameter_name ?? null, codes);
    case 'currency':
      return readText(given.currency.fallback_value, given.parameter_name ?? null, codes);
    case 'date_time':
      return readText(given.date_time.fallback_value, given.parameter_name ?? null, codes);
    case 'image':
      return { kind: 'header', header: { kind: 'image', media: namedMedia(given.image) } };
    case 'video':
      return { kind: 'header', header: { kind: 'video', media: namedMedia(given.video) } };
    case 'document': {
      const { filename } = given.document;
      const media = namedMedia(given.document);
      return { kind: 'header', header: { kind: 'document', media, filename: filename ?? null } };
    }
    case 'location':
      return { kind: 'header', header: { kind: 'location', ...placeOf(given.location) } };
    case 'payload':
      return { kind: 'payload', payload: given.payload };
    case 'coupon_code':
      return { kind: 'coupon', code: given.coupon_code };
    case 'action':
      return { kind: 'action' };
  }
}

/** A text parameter must have words, on one line: the commonest refusal of templates in practice. */
function readText(
  text: unknown,
  name: string | null,
  codes: RefusalCodes,
): GivenParameter | { refusal: GraphProblem } {
  if (typeof text !== 'string' || text === '') {
    return { refusal: problem(100, "Parameter 'text' is mandatory for component parameter type 'text'.") };
  }
  if (/[\n\r\t]| {5}/.test(text)) {
    const sentence = 'A text parameter cannot have new lines, tabs or more than 4 consecutive spaces.';
    return { refusal: problem(codes.forbiddenCharacters, sentence) };
  }
  return { kind: 'text', text, name };
}

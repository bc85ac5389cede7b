import { z } from 'zod';
import { metaDocument, metaFile } from './media-file.ts';
import { anyObject, filledText, formsAre, kind } from './value.ts';

/** Longer than any value of a placeholder; Meta judges the rest. */
const VALUE_BOUND = 4096;

const parameterName = z.string().min(1).max(256).optional().meta({
  description: 'The name of the placeholder, for a template whose placeholders have names.',
});
const worded = z
  .looseObject({
    fallback_value: filledText(VALUE_BOUND).meta({ description: 'The words that are shown.' }),
  })
  .meta({ description: 'The value.' });

const parameter = z.discriminatedUnion(
  'type',
  [
    z.strictObject({
      type: kind('text'),
      text: filledText(VALUE_BOUND).meta({ description: 'The words.' }),
      parameter_name: parameterName,
    }),
    z.strictObject({ type: kind('currency'), currency: worded, parameter_name: parameterName }),
    z.strictObject({ type: kind('date_time'), date_time: worded, parameter_name: parameterName }),
    z.strictObject({ type: kind('image'), image: metaFile }),
    z.strictObject({ type: kind('video'), video: metaFile }),
    z.strictObject({ type: kind('document'), document: metaDocument }),
    z.strictObject({ type: kind('location'), location: anyObject('As in a location message.') }),
    z.strictObject({
      type: kind('payload'),
      payload: filledText(VALUE_BOUND).meta({ description: 'What comes back when it is tapped.' }),
    }),
    z.strictObject({
      type: kind('coupon_code'),
      coupon_code: filledText(VALUE_BOUND).meta({ description: 'The code.' }),
    }),
    z.strictObject({ type: kind('action'), action: anyObject('What a Flow begins with.') }),
  ],
  formsAre(
    'text',
    'currency',
    'date_time',
    'image',
    'video',
    'document',
    'location',
    'payload',
    'coupon_code',
    'action',
  ),
);

const parameters = z.array(parameter).optional().meta({ description: 'Its values, in order.' });

/** One of a template's `components` (meta-facts §7.1). */
export const templateComponent = z
  .discriminatedUnion(
    'type',
    [
      z.strictObject({ type: kind('header', 'HEADER', 'body', 'BODY'), parameters }),
      z.strictObject({
        type: kind('button', 'BUTTON'),
        sub_type: filledText(64).meta({ description: 'Such as `quick_reply` or `url`.' }),
        index: z
          .union([z.int().min(0), z.string().regex(/^\d{1,3}$/)], {
            error: 'must be the place of the button, from 0',
          })
          .meta({ description: 'The place of the button, from 0.' }),
        parameters,
      }),
    ],
    formsAre('header', 'body', 'button'),
  )
  .meta({
    description: 'One component, exactly as Meta’s template reference describes it.',
    examples: [{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }] }],
  });

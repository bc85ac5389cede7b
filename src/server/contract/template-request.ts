import { z } from 'zod';
import { fileMembers, oneFile } from './media-file.ts';
import { templateComponent } from './template-component.ts';
import { anyObject, filledText, formsAre, kind } from './value.ts';

/** Longer than any value of a placeholder; Meta judges the rest. */
const VALUE_BOUND = 4096;

const value = filledText(VALUE_BOUND);

const values = z.union(
  [
    z.array(value).max(100).meta({ description: 'The values in order, for placeholders with numbers.' }),
    z.record(z.string().min(1).max(256), value).meta({
      description: 'The values by name, for placeholders with names.',
    }),
  ],
  { error: 'must be a list of texts, or an object of texts by the names of the placeholders' },
);

const header = z.discriminatedUnion(
  'type',
  [
    z.strictObject({
      type: kind('text'),
      parameters: values.meta({ description: 'The values for its placeholders.' }),
    }),
    z.strictObject({ type: kind('image', 'video'), ...fileMembers }).check(oneFile),
    z
      .strictObject({
        type: kind('document'),
        ...fileMembers,
        filename: z.string().max(240).optional().meta({ description: 'The name that it is shown with.' }),
      })
      .check(oneFile),
    z.strictObject({
      type: kind('location'),
      latitude: z.number().min(-90).max(90).meta({ description: 'Degrees north.' }),
      longitude: z.number().min(-180).max(180).meta({ description: 'Degrees east.' }),
      name: z.string().optional().meta({ description: 'What is there.' }),
      address: z.string().optional().meta({ description: 'Its address.' }),
    }),
  ],
  formsAre('text', 'image', 'video', 'document', 'location'),
);

const button = z
  .strictObject({
    index: z.int().min(0).max(99).meta({ description: 'The place of the button in the template, from 0.' }),
    payload: value.optional().meta({ description: 'For a quick reply: what comes back when it is tapped.' }),
    urlSuffix: value
      .optional()
      .meta({ description: 'For a link, or a code to copy: the end of the address.' }),
    couponCode: value.optional().meta({ description: 'For a coupon: its code.' }),
    flow: anyObject('For a Flow: what it begins with, in Meta’s own members.').optional(),
  })
  .refine((given) => Object.keys(given).filter((member) => member !== 'index').length === 1, {
    error: 'needs exactly one of `payload`, `urlSuffix`, `couponCode`, `flow` beside `index`',
  });

/** The values of a template in a request: in short, or as Meta's `components`. */
export const templateValues = {
  parameters: values
    .optional()
    .meta({ description: 'The values for the placeholders of its body.', examples: [['Ana', '10:00']] }),
  header: header.optional().meta({ description: 'The value for its header, where that has one.' }),
  buttons: z.array(button).max(100).optional().meta({ description: 'The values for its buttons.' }),
  components: z
    .array(templateComponent)
    .max(100)
    .optional()
    .meta({ description: 'The same in full, as Meta’s `components`; then without the three above.' }),
};

/** A template in a request: its values in short, or as Meta's `components`. */
export const templateRequest = z
  .strictObject({
    name: filledText(512).meta({ description: 'The template’s name.', examples: ['interview_reminder'] }),
    language: filledText(20).meta({ description: 'Meta’s language code.', examples: ['pt_BR'] }),
    ...templateValues,
  })
  .refine(
    ({ components, ...short }) =>
      components === undefined ||
      (short.parameters === undefined && short.header === undefined && short.buttons === undefined),
    {
      path: ['components'],
      error: 'holds all values itself: leave out `parameters`, `header` and `buttons` beside it',
    },
  )
  .meta({ id: 'Template', description: 'A template that Meta has approved.' });

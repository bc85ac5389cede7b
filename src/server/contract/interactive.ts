import { z } from 'zod';
import { metaDocument, metaFile } from './media-file.ts';
import { anyObject, atMost, filledText, formsAre, kind, shortText } from './value.ts';

/** The most rows of a list in all of its sections, and the most buttons (meta-facts §7.1). */
const MOST_ROWS = 10;
const MOST_BUTTONS = 3;

/** Longer than any words around something to tap; Meta judges the rest. */
const WORDS_BOUND = 4096;

const words = (description: string) =>
  z.strictObject({ text: filledText(WORDS_BOUND).meta({ description: 'The words.' }) }).meta({ description });

const textHeader = z.strictObject({
  type: kind('text'),
  text: filledText(WORDS_BOUND).meta({ description: 'The words above.' }),
});

const anyHeader = z.discriminatedUnion(
  'type',
  [
    textHeader,
    z.strictObject({ type: kind('image'), image: metaFile }),
    z.strictObject({ type: kind('video'), video: metaFile }),
    z.strictObject({ type: kind('document'), document: metaDocument }),
  ],
  formsAre('text', 'image', 'video', 'document'),
);

const around = {
  header: anyHeader.optional().meta({ description: 'What stands above the words.' }),
  body: words('The words.'),
  footer: words('The small words below.').optional(),
};

const buttons = z
  .strictObject({
    buttons: z
      .array(
        z.strictObject({
          type: kind('reply'),
          reply: z
            .strictObject({
              id: atMost(256).meta({ description: 'Your own word for it: it comes back in the answer.' }),
              title: atMost(20).meta({ description: 'What stands on the button.' }),
            })
            .meta({ description: 'The button.' }),
        }),
      )
      .min(1)
      .max(MOST_BUTTONS)
      .meta({ description: 'One to three buttons.' }),
  })
  .meta({ description: 'What can be tapped.' });

const row = z.strictObject({
  id: filledText(256).meta({ description: 'Your own word for it: it comes back in the answer.' }),
  title: atMost(24).meta({ description: 'What stands in the row.' }),
  description: shortText(72).optional().meta({ description: 'Small words below.' }),
});

const rows = z
  .strictObject({
    button: atMost(20).meta({ description: 'What stands on the button that opens the list.' }),
    sections: z
      .array(
        z.strictObject({
          title: z.string().optional().meta({ description: 'What stands above its rows.' }),
          rows: z.array(row).min(1).meta({ description: 'Its rows.' }),
        }),
      )
      .min(1)
      .refine((sections) => rowsIn(sections) <= MOST_ROWS, {
        error: (issue) =>
          `must have at most ${MOST_ROWS} rows in all, and has ${rowsIn(sectionsOf(issue.input))}`,
      })
      .meta({ description: 'At most ten rows in all.' }),
  })
  .meta({ description: 'What can be tapped.' });

function rowsIn(sections: readonly { rows: readonly unknown[] }[]): number {
  return sections.reduce((sum, section) => sum + section.rows.length, 0);
}

function sectionsOf(input: unknown): { rows: unknown[] }[] {
  return z.array(z.looseObject({ rows: z.array(z.unknown()) })).parse(input);
}

const address = z
  .strictObject({
    name: kind('cta_url'),
    parameters: z
      .strictObject({
        display_text: filledText(WORDS_BOUND).meta({ description: 'What stands on the button.' }),
        url: z
          .string()
          .regex(/^https?:\/\/[^\s/]/i, { error: 'must be an address that begins with https://' })
          .meta({ description: 'Where it leads.' }),
      })
      .meta({ description: 'The link.' }),
  })
  .meta({ description: 'What can be tapped.' });

const flow = z
  .strictObject({
    name: kind('flow'),
    parameters: z
      .strictObject({
        flow_message_version: z.literal('3').meta({ description: 'The version of Flow messages.' }),
        flow_id: filledText(256).optional().meta({ description: 'The Flow, by Meta’s id.' }),
        flow_name: filledText(256).optional().meta({ description: 'The Flow, by its name.' }),
        flow_cta: filledText(WORDS_BOUND).meta({ description: 'What stands on the button.' }),
        flow_token: z
          .string()
          .optional()
          .meta({ description: 'Your own word for it: it comes back in the answer.' }),
        flow_action: z
          .enum(['navigate', 'data_exchange'])
          .optional()
          .meta({ description: 'Whether it opens a screen, or asks your endpoint first.' }),
        flow_action_payload: anyObject('What the Flow begins with.').optional(),
      })
      .refine((given) => (given.flow_id === undefined) !== (given.flow_name === undefined), {
        path: ['flow_id'],
        error: 'or `flow_name` is needed, exactly one of them',
      })
      .meta({ description: 'The Flow.' }),
  })
  .meta({ description: 'What can be tapped.' });

/** The types whose `action` meta-facts §7.1 names without its members: Meta judges those. */
const opaqueTypes = [
  'product',
  'product_list',
  'catalog_message',
  'order_details',
  'order_status',
  'carousel',
  'call_permission_request',
  'contact_request',
] as const;

const types = [
  'button',
  'list',
  'cta_url',
  'location_request_message',
  'address_message',
  'flow',
  ...opaqueTypes,
];

/** `interactive` in Meta's own members (meta-facts §7.1). */
export const interactiveForm = z
  .discriminatedUnion(
    'type',
    [
      z.strictObject({ type: kind('button'), ...around, action: buttons }),
      z.strictObject({
        type: kind('list'),
        ...around,
        header: textHeader.optional().meta({ description: 'The words above.' }),
        action: rows,
      }),
      z.strictObject({ type: kind('cta_url'), ...around, action: address }),
      z.strictObject({
        type: kind('location_request_message'),
        ...around,
        action: z.strictObject({ name: kind('send_location') }).meta({ description: 'What can be tapped.' }),
      }),
      z.strictObject({
        type: kind('address_message'),
        ...around,
        action: z
          .strictObject({
            name: kind('address_message'),
            parameters: z
              .looseObject({
                country: filledText(2).meta({ description: 'Such as `IN`; the rest differs by country.' }),
              })
              .meta({ description: 'What is asked for.' }),
          })
          .meta({ description: 'What can be tapped.' }),
      }),
      z.strictObject({ type: kind('flow'), ...around, action: flow }),
      z.strictObject({
        type: kind(...opaqueTypes),
        ...around,
        body: around.body.optional(),
        action: anyObject('As Meta’s reference of this type describes it.'),
      }),
    ],
    formsAre(...types),
  )
  .meta({
    id: 'Interactive',
    description:
      'Something to tap, in Meta’s own members: buttons, a list, a link, a Flow, products and more. Allowed while the window is open.',
    examples: [
      {
        type: 'button',
        body: { text: 'Will you come tomorrow at 10:00?' },
        action: {
          buttons: [
            { type: 'reply', reply: { id: 'yes', title: 'Yes' } },
            { type: 'reply', reply: { id: 'no', title: 'No' } },
          ],
        },
      },
    ],
  });

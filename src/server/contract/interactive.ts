import { z } from 'zod';
import { metaDocument, metaFile } from './media-file.ts';
import { anyObject, atMost, filledText, shortText } from './value.ts';

/** The most rows of a list in all of its sections, and the most buttons (meta-facts §7.1). */
const MOST_ROWS = 10;
const MOST_BUTTONS = 3;

/** Longer than any words around something to tap; Meta judges the rest. */
const WORDS_BOUND = 4096;

const words = (description: string) =>
  z.strictObject({ text: filledText(WORDS_BOUND).meta({ description }) });

const textHeader = z.strictObject({
  type: z.literal('text'),
  text: filledText(WORDS_BOUND).meta({ description: 'The words above.' }),
});

const anyHeader = z.discriminatedUnion(
  'type',
  [
    textHeader,
    z.strictObject({ type: z.literal('image'), image: metaFile }),
    z.strictObject({ type: z.literal('video'), video: metaFile }),
    z.strictObject({ type: z.literal('document'), document: metaDocument }),
  ],
  { error: 'must be one of `text`, `image`, `video`, `document`' },
);

const around = {
  header: anyHeader.optional().meta({ description: 'What stands above the words.' }),
  body: words('The words.'),
  footer: words('The small words below.').optional(),
};

const buttons = z.strictObject({
  buttons: z
    .array(
      z.strictObject({
        type: z.literal('reply'),
        reply: z.strictObject({
          id: atMost(256).meta({ description: 'Your own word for it: it comes back in the answer.' }),
          title: atMost(20).meta({ description: 'What stands on the button.' }),
        }),
      }),
    )
    .min(1)
    .max(MOST_BUTTONS),
});

const row = z.strictObject({
  id: filledText(256).meta({ description: 'Your own word for it: it comes back in the answer.' }),
  title: atMost(24).meta({ description: 'What stands in the row.' }),
  description: shortText(72).optional().meta({ description: 'Small words below.' }),
});

const rows = z.strictObject({
  button: atMost(20).meta({ description: 'What stands on the button that opens the list.' }),
  sections: z
    .array(
      z.strictObject({
        title: z.string().optional().meta({ description: 'What stands above its rows.' }),
        rows: z.array(row).min(1),
      }),
    )
    .min(1)
    .refine((sections) => rowsIn(sections) <= MOST_ROWS, {
      error: (issue) =>
        `must have at most ${MOST_ROWS} rows in all, and has ${rowsIn(sectionsOf(issue.input))}`,
    }),
});

function rowsIn(sections: readonly { rows: readonly unknown[] }[]): number {
  return sections.reduce((sum, section) => sum + section.rows.length, 0);
}

function sectionsOf(input: unknown): { rows: unknown[] }[] {
  return z.array(z.looseObject({ rows: z.array(z.unknown()) })).parse(input);
}

const address = z.strictObject({
  name: z.literal('cta_url'),
  parameters: z.strictObject({
    display_text: filledText(WORDS_BOUND).meta({ description: 'What stands on the button.' }),
    url: z
      .string()
      .regex(/^https?:\/\/[^\s/]/i, { error: 'must be an address that begins with https://' })
      .meta({ description: 'Where it leads.' }),
  }),
});

const flow = z.strictObject({
  name: z.literal('flow'),
  parameters: z
    .strictObject({
      flow_message_version: z.literal('3'),
      flow_id: filledText(256).optional(),
      flow_name: filledText(256).optional(),
      flow_cta: filledText(WORDS_BOUND).meta({ description: 'What stands on the button.' }),
      flow_token: z.string().optional(),
      flow_action: z.enum(['navigate', 'data_exchange']).optional(),
      flow_action_payload: anyObject('What the Flow begins with.').optional(),
    })
    .refine((given) => (given.flow_id === undefined) !== (given.flow_name === undefined), {
      path: ['flow_id'],
      error: 'or `flow_name` is needed, exactly one of them',
    }),
});

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
      z.strictObject({ type: z.literal('button'), ...around, action: buttons }),
      z.strictObject({ type: z.literal('list'), ...around, header: textHeader.optional(), action: rows }),
      z.strictObject({ type: z.literal('cta_url'), ...around, action: address }),
      z.strictObject({
        type: z.literal('location_request_message'),
        ...around,
        action: z.strictObject({ name: z.literal('send_location') }),
      }),
      z.strictObject({
        type: z.literal('address_message'),
        ...around,
        action: z.strictObject({
          name: z.literal('address_message'),
          parameters: z.looseObject({
            country: filledText(2).meta({ description: 'Such as `IN`; the rest differs by country.' }),
          }),
        }),
      }),
      z.strictObject({ type: z.literal('flow'), ...around, action: flow }),
      z.strictObject({
        type: z.literal(opaqueTypes),
        ...around,
        body: around.body.optional(),
        action: anyObject('As Meta’s reference of this type describes it.'),
      }),
    ],
    { error: `must be one of ${types.map((type) => `\`${type}\``).join(', ')}` },
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

import { z } from 'zod';
import { metaDocument, metaFile } from './media-file.ts';
import { anyObject, atMost, filledText, formsAre, kind, shortText } from './value.ts';

/** Numbers of things (meta-facts §7.1, and Meta's description of the send call, v23). */
const MOST = { buttons: 3, sections: 10, rows: 10, products: 30 };

/** Lengths in characters, from the same two. Meta's page of lists has 4,096 for their words, the other 1,024. */
const LENGTH = { header: 60, body: 1024, listBody: 4096, footer: 60, section: 24 };

/** Longer than any word of a developer's own; Meta judges the rest. */
const WORDS_BOUND = 1024;

const words = (longest: number, description: string) =>
  z.strictObject({ text: atMost(longest).meta({ description: 'The words.' }) }).meta({ description });

const webAddress = z
  .string()
  .regex(/^https?:\/\/[^\s/]/i, { error: 'must be an address that begins with https://' });

const textHeader = z.strictObject({
  type: kind('text'),
  text: atMost(LENGTH.header).meta({ description: 'The words above.' }),
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

const header = anyHeader.optional().meta({ description: 'What stands above the words.' });
const body = words(LENGTH.body, 'The words.');
const footer = words(LENGTH.footer, 'The small words below.').optional();
const tapped = { description: 'What can be tapped.' };

const ownWord = (longest: number) =>
  atMost(longest).meta({ description: 'Your own word for it: it comes back in the answer.' });

const buttons = z
  .strictObject({
    buttons: z
      .array(
        z.strictObject({
          type: kind('reply'),
          reply: z
            .strictObject({
              id: ownWord(256),
              title: atMost(20).meta({ description: 'What stands on the button.' }),
            })
            .meta({ description: 'The button.' }),
        }),
      )
      .min(1)
      .max(MOST.buttons)
      .refine((list) => new Set(list.map(({ reply }) => reply.title)).size === list.length, {
        error: 'must have another title on each button',
      })
      .meta({ description: 'One to three buttons.' }),
  })
  .meta(tapped);

const sectionTitle = shortText(LENGTH.section)
  .optional()
  .meta({ description: 'What stands above; needed where there are several.' });

function areTitled(sections: readonly { title?: string | undefined }[]): boolean {
  return sections.length === 1 || sections.every(({ title = '' }) => title !== '');
}
const titlesNeeded = { error: 'must each have a `title` when there are several' };

const row = z.strictObject({
  id: ownWord(200),
  title: atMost(24).meta({ description: 'What stands in the row.' }),
  description: shortText(72).optional().meta({ description: 'Small words below.' }),
});

const rows = z
  .strictObject({
    button: atMost(20).meta({ description: 'What stands on the button that opens the list.' }),
    sections: z
      .array(
        z.strictObject({
          title: sectionTitle,
          rows: z.array(row).min(1).meta({ description: 'Its rows.' }),
        }),
      )
      .min(1)
      .max(MOST.sections)
      .refine(areTitled, titlesNeeded)
      .refine((sections) => entriesOf('rows', sections) <= MOST.rows, {
        error: ({ input }) =>
          `must have at most ${MOST.rows} rows in all, and has ${entriesOf('rows', input)}`,
      })
      .meta({ description: 'At most ten rows in all.' }),
  })
  .meta(tapped);

const products = z
  .strictObject({
    catalog_id: filledText(WORDS_BOUND).meta({ description: 'The catalogue, by Meta’s id.' }),
    sections: z
      .array(
        z.strictObject({
          title: sectionTitle,
          product_items: z
            .array(
              z.strictObject({
                product_retailer_id: filledText(WORDS_BOUND).meta({ description: 'Your id of the product.' }),
              }),
            )
            .min(1)
            .meta({ description: 'Its products.' }),
        }),
      )
      .min(1)
      .max(MOST.sections)
      .refine(areTitled, titlesNeeded)
      .refine((sections) => entriesOf('product_items', sections) <= MOST.products, {
        error: ({ input }) =>
          `must have at most ${MOST.products} products in all, and has ${entriesOf('product_items', input)}`,
      })
      .meta({ description: 'At most thirty products in all.' }),
  })
  .meta(tapped);

const manyEntries = z.array(z.record(z.string(), z.unknown()));

/** How many entries the sections have together in one of their lists. */
function entriesOf(list: 'rows' | 'product_items', sections: unknown): number {
  const counts = manyEntries
    .parse(sections)
    .map((section) => z.array(z.unknown()).parse(section[list]).length);
  return counts.reduce((sum, count) => sum + count, 0);
}

const flow = z
  .strictObject({
    name: kind('flow'),
    parameters: z
      .strictObject({
        flow_message_version: z.literal('3').meta({ description: 'The version of Flow messages.' }),
        flow_id: filledText(WORDS_BOUND).optional().meta({ description: 'The Flow, by Meta’s id.' }),
        flow_name: filledText(WORDS_BOUND).optional().meta({ description: 'The Flow, by its name.' }),
        flow_cta: filledText(WORDS_BOUND).meta({ description: 'What stands on the button.' }),
        flow_token: z
          .string()
          .optional()
          .meta({ description: 'Your own word for it: it comes back in the answer.' }),
        mode: z
          .enum(['draft', 'published'])
          .optional()
          .meta({ description: 'Whether a draft of the Flow may be tried.' }),
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
  .meta(tapped);

/** An action that is its name and a few parameters. */
function named<const Name extends string, Parameters extends z.ZodType>(name: Name, parameters: Parameters) {
  return z.strictObject({ name: kind(name), parameters }).meta(tapped);
}

const plainName = <const Name extends string>(name: Name) =>
  z.strictObject({ name: kind(name) }).meta(tapped);

/** What is paid for, and carousels: Meta judges their members. */
const opaqueTypes = ['order_details', 'order_status', 'carousel'] as const;

/** The member `interactive` of a request (meta-facts §7.1). */
export const interactiveRequest = z
  .discriminatedUnion(
    'type',
    [
      z.strictObject({ type: kind('button'), header, body, footer, action: buttons }),
      z.strictObject({
        type: kind('list'),
        header: textHeader.optional().meta({ description: 'What stands above the words.' }),
        body: words(LENGTH.listBody, 'The words.'),
        footer,
        action: rows,
      }),
      z.strictObject({
        type: kind('cta_url'),
        header,
        body,
        footer,
        action: named(
          'cta_url',
          z
            .strictObject({
              display_text: filledText(WORDS_BOUND).meta({ description: 'What stands on the button.' }),
              url: webAddress.meta({ description: 'Where it leads.' }),
            })
            .meta({ description: 'The link.' }),
        ),
      }),
      z.strictObject({
        type: kind('location_request_message'),
        header,
        body,
        footer,
        action: plainName('send_location'),
      }),
      z.strictObject({
        type: kind('address_message'),
        header,
        body,
        footer,
        action: named(
          'address_message',
          z
            .looseObject({
              country: filledText(2).meta({ description: 'Such as `IN`; the rest differs by country.' }),
            })
            .meta({ description: 'What is asked for.' }),
        ),
      }),
      z.strictObject({ type: kind('flow'), header, body, footer, action: flow }),
      z.strictObject({
        type: kind('product'),
        body: body.optional(),
        footer,
        action: z
          .strictObject({
            catalog_id: filledText(WORDS_BOUND).meta({ description: 'The catalogue, by Meta’s id.' }),
            product_retailer_id: filledText(WORDS_BOUND).meta({ description: 'Your id of the product.' }),
          })
          .meta(tapped),
      }),
      z.strictObject({
        type: kind('product_list'),
        header: textHeader.meta({ description: 'What stands above the words.' }),
        body,
        footer,
        action: products,
      }),
      z.strictObject({
        type: kind('catalog_message'),
        header,
        body,
        footer,
        action: named(
          'catalog_message',
          z
            .strictObject({
              thumbnail_product_retailer_id: filledText(WORDS_BOUND).meta({
                description: 'Your id of the product that is shown.',
              }),
            })
            .meta({ description: 'The catalogue.' }),
        ),
      }),
      z.strictObject({
        type: kind('call_permission_request'),
        header,
        body: body.optional(),
        footer,
        action: plainName('call_permission_request'),
      }),
      z.strictObject({
        type: kind('contact_request'),
        header,
        body: body.optional(),
        footer,
        action: z.looseObject({ name: kind('request_contact_info') }).meta(tapped),
      }),
      z.strictObject({
        type: kind(...opaqueTypes),
        header,
        body,
        footer,
        action: anyObject('As Meta’s reference of this type describes it.'),
      }),
    ],
    formsAre(
      'button',
      'list',
      'cta_url',
      'location_request_message',
      'address_message',
      'flow',
      'product',
      'product_list',
      'catalog_message',
      'call_permission_request',
      'contact_request',
      ...opaqueTypes,
    ),
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

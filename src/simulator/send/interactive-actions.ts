import * as z from 'zod';
import type { InteractiveType, PhoneChoice } from '../people/phone-content.ts';
import { anyObject, atMost, fromOneTo, nonEmpty, webAddress } from './parameter-forms.ts';

/** What can be tapped: the button that opens a list, and the choices themselves. */
type Tappable = { button: string | null; choices: readonly PhoneChoice[] };

/** How a type of interactive message is read. */
export type InteractiveAction = {
  type: InteractiveType;
  /** Checks the `action` and tells what can be tapped. */
  action: z.ZodType<Tappable>;
  body: 'needed' | 'optional';
  /** `needed` and `text` take words alone. */
  header: 'any' | 'text' | 'needed' | 'none';
  footer: 'optional' | 'none';
};

/** The most rows of a list, in all of its sections, and the most buttons (meta-facts §7.1). */
const MOST_ROWS = 10;
const MOST_BUTTONS = 3;
/** The most sections of a list, and products in all of them (Meta's description of the send call, v23). */
const MOST_SECTIONS = 10;
const MOST_PRODUCTS = 30;
/** The cards of a carousel (Meta's page of product carousels). */
const CARDS = { least: 2, most: 10 };

const buttons = z
  .strictObject({
    buttons: fromOneTo(
      MOST_BUTTONS,
      z.strictObject({
        type: z.literal('reply'),
        reply: z.strictObject({ id: atMost(256), title: atMost(20) }),
      }),
    ).refine(
      (list) => new Set(list.map(({ reply }) => reply.title)).size === list.length,
      'must have another title in each entry.',
    ),
  })
  .transform(
    (action): Tappable => ({
      button: null,
      choices: action.buttons.map(({ reply }) => ({ kind: 'reply', ...reply })),
    }),
  );

const sectionTitle = atMost(24, z.string()).optional();

/** With more than one section, each needs a title. */
function areTitled(sections: readonly { title?: string | undefined }[]): boolean {
  return sections.length === 1 || sections.every(({ title }) => title);
}
const TITLES_NEEDED = 'must have a title in each entry when there are several.';

const row = z.strictObject({
  id: atMost(200),
  title: atMost(24),
  description: atMost(72, z.string()).optional(),
});

const rows = z
  .strictObject({
    button: atMost(20),
    sections: fromOneTo(
      MOST_SECTIONS,
      z.strictObject({ title: sectionTitle, rows: z.array(row).min(1, 'must not be empty.') }),
    )
      .refine(areTitled, TITLES_NEEDED)
      .refine(
        (sections) => sections.reduce((sum, section) => sum + section.rows.length, 0) <= MOST_ROWS,
        `must have at most ${MOST_ROWS} rows in all.`,
      ),
  })
  .transform(
    (action): Tappable => ({
      button: action.button,
      choices: action.sections.flatMap((section) =>
        section.rows.map(
          ({ id, title, description }): PhoneChoice => ({
            kind: 'row',
            id,
            title,
            description: description ?? null,
          }),
        ),
      ),
    }),
  );

const address = z
  .strictObject({
    name: z.literal('cta_url'),
    parameters: z.strictObject({ display_text: nonEmpty, url: webAddress }),
  })
  .transform(({ parameters }) => link(parameters.display_text, parameters.url));

const locationRequest = z
  .strictObject({ name: z.literal('send_location') })
  .transform(() => link('Send location'));

const addressRequest = z
  .strictObject({
    name: z.literal('address_message'),
    // Its further parameters differ by country (meta-facts §7.1).
    parameters: z.looseObject({ country: nonEmpty }),
  })
  .transform(() => link('Provide address'));

const flow = z
  .strictObject({
    name: z.literal('flow'),
    parameters: z
      .strictObject({
        flow_message_version: z.literal('3'),
        flow_id: nonEmpty.optional(),
        flow_name: nonEmpty.optional(),
        flow_cta: nonEmpty,
        mode: z.enum(['draft', 'published']).optional(),
        flow_token: z.string().optional(),
        flow_action: z.enum(['navigate', 'data_exchange']).optional(),
        flow_action_payload: anyObject.optional(),
      })
      .refine(
        (given) => (given.flow_id === undefined) !== (given.flow_name === undefined),
        'must have either a flow_id or a flow_name.',
      ),
  })
  .transform(({ parameters }) => link(parameters.flow_cta));

const contactRequest = z
  .looseObject({ name: z.literal('request_contact_info') })
  .transform(() => link('Share contact'));

const product = z
  .strictObject({ catalog_id: nonEmpty, product_retailer_id: nonEmpty })
  .transform(() => link('View'));

const products = z
  .strictObject({
    catalog_id: nonEmpty,
    sections: fromOneTo(
      MOST_SECTIONS,
      z.strictObject({
        title: sectionTitle,
        product_items: fromOneTo(MOST_PRODUCTS, z.strictObject({ product_retailer_id: nonEmpty })),
      }),
    )
      .refine(areTitled, TITLES_NEEDED)
      .refine(
        (sections) =>
          sections.reduce((sum, { product_items: items }) => sum + items.length, 0) <= MOST_PRODUCTS,
        `must have at most ${MOST_PRODUCTS} products in all.`,
      ),
  })
  .transform(() => link('View items'));

const catalogue = z
  .strictObject({
    name: z.literal('catalog_message'),
    parameters: z.strictObject({ thumbnail_product_retailer_id: nonEmpty }),
  })
  .transform(() => link('View catalogue'));

const callPermission = z
  .strictObject({ name: z.literal('call_permission_request') })
  .transform(() => link('Choose preference'));

const carousel = z
  .strictObject({
    cards: z
      .array(
        z.looseObject({
          card_index: z
            .int()
            .min(0)
            .max(CARDS.most - 1),
          type: nonEmpty,
          action: anyObject.optional(),
        }),
      )
      .min(CARDS.least, `must have at least ${CARDS.least} entries.`)
      .max(CARDS.most, `must have at most ${CARDS.most} entries.`),
  })
  .transform(() => link('View cards'));

/** What is paid for has a name and parameters; Meta's own check of them is not played. */
function payment(name: string, button: string) {
  return z.strictObject({ name: z.literal(name), parameters: anyObject }).transform(() => link(button));
}

function link(text: string, url: string | null = null): Tappable {
  return { button: null, choices: [{ kind: 'link', text, url }] };
}

const plain = { body: 'needed', header: 'any', footer: 'optional' } as const;

/** How each type is read (meta-facts §7.1, and Meta's description of the send call, v23). */
export const interactiveActions: readonly InteractiveAction[] = [
  { ...plain, type: 'button', action: buttons },
  { ...plain, type: 'list', action: rows, header: 'text' },
  { ...plain, type: 'cta_url', action: address },
  { ...plain, type: 'location_request_message', action: locationRequest },
  { ...plain, type: 'address_message', action: addressRequest },
  { ...plain, type: 'flow', action: flow },
  { ...plain, type: 'product', action: product, body: 'optional', header: 'none' },
  { ...plain, type: 'product_list', action: products, header: 'needed' },
  { ...plain, type: 'catalog_message', action: catalogue },
  { ...plain, type: 'order_details', action: payment('review_and_pay', 'Review and pay') },
  { ...plain, type: 'order_status', action: payment('review_order', 'View order') },
  { ...plain, type: 'carousel', action: carousel, header: 'none', footer: 'none' },
  { ...plain, type: 'call_permission_request', action: callPermission, body: 'optional' },
  { ...plain, type: 'contact_request', action: contactRequest, body: 'optional' },
];

import * as z from 'zod';
import type { InteractiveType, PhoneChoice } from '../people/phone-content.ts';
import { anyObject, atMost, fromOneTo, nonEmpty } from './parameter-forms.ts';

/** What can be tapped: the button that opens a list, and the choices themselves. */
type Tappable = { button: string | null; choices: readonly PhoneChoice[] };

/** How a type of interactive message is read. */
export type InteractiveAction = {
  type: InteractiveType;
  /** Checks the `action` and tells what can be tapped. */
  action: z.ZodType<Tappable>;
  bodyNeeded: boolean;
};

/** The most rows of a list, in all of its sections, and the most buttons (meta-facts §7.1). */
const MOST_ROWS = 10;
const MOST_BUTTONS = 3;

const buttons = z
  .strictObject({
    buttons: fromOneTo(
      MOST_BUTTONS,
      z.strictObject({
        type: z.literal('reply'),
        reply: z.strictObject({ id: atMost(256), title: atMost(20) }),
      }),
    ),
  })
  .transform(
    (action): Tappable => ({
      button: null,
      choices: action.buttons.map(({ reply }) => ({ kind: 'reply', ...reply })),
    }),
  );

const row = z.strictObject({
  id: nonEmpty,
  title: atMost(24),
  description: atMost(72, z.string()).optional(),
});

const rows = z
  .strictObject({
    button: atMost(20),
    sections: z
      .array(
        z.strictObject({
          title: z.string().optional(),
          rows: z.array(row).min(1, 'must not be empty.'),
        }),
      )
      .min(1, 'must not be empty.')
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
    parameters: z.strictObject({ display_text: nonEmpty, url: nonEmpty }),
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

/** What the button of a type is called whose `action` meta-facts does not describe. */
function opaque(button: string) {
  return anyObject.transform(() => link(button));
}

function link(text: string, url: string | null = null): Tappable {
  return { button: null, choices: [{ kind: 'link', text, url }] };
}

/** How each type's `action` is read (meta-facts §7.1). */
export const interactiveActions: readonly InteractiveAction[] = [
  { type: 'button', action: buttons, bodyNeeded: true },
  { type: 'list', action: rows, bodyNeeded: true },
  { type: 'cta_url', action: address, bodyNeeded: true },
  { type: 'location_request_message', action: locationRequest, bodyNeeded: true },
  { type: 'address_message', action: addressRequest, bodyNeeded: true },
  { type: 'flow', action: flow, bodyNeeded: true },
  { type: 'product', action: opaque('View'), bodyNeeded: false },
  { type: 'product_list', action: opaque('View items'), bodyNeeded: false },
  { type: 'catalog_message', action: opaque('View catalogue'), bodyNeeded: false },
  { type: 'order_details', action: opaque('Review and pay'), bodyNeeded: false },
  { type: 'order_status', action: opaque('View order'), bodyNeeded: false },
  { type: 'carousel', action: opaque('View cards'), bodyNeeded: false },
  { type: 'call_permission_request', action: opaque('Choose preference'), bodyNeeded: false },
  { type: 'contact_request', action: contactRequest, bodyNeeded: false },
];

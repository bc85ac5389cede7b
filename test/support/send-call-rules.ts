import * as z from 'zod';

/**
 * Rules of the send call, written from meta-facts §7.1 and from Meta's public description of it (v23), and from nothing
 * else: neither what composes messages nor the simulator that reads them has a part in this, so that neither proves
 * itself. Where the two sources differ, both are right here:
 *
 * - The description needs `recipient_type` and a template's `language.policy`; §7.1 and every known call leave them out.
 * - It needs a `type`, without which Meta takes a call for a text.
 * - It knows `to` alone; since 2026 there is `recipient` (§7.1).
 * - It writes coordinates as texts, §7.1 as numbers.
 * - It has the body of a list end at 1,024 characters, Meta's page of lists at 4,096.
 * - It has `flow_cta` end at 30 characters, which it calls advice, and five contacts in a message, which no page says.
 * - It lacks interactive types of §7.1, header and button parameters of templates that came later, and `voice`.
 */
const text = z.string();
const words = text.min(1);
const atMost = (length: number, needed = words) =>
  needed.refine((value) => [...value].length <= length, `at most ${length} characters`);
const list = <Item extends z.ZodType>(item: Item, most: number) => z.array(item).min(1).max(most);
const address = words.regex(/^https?:\/\//);

const oneFile = (given: object) => 'id' in given !== 'link' in given;
const file = { id: words.optional(), link: address.optional() };
const caption = { caption: atMost(1024, text).optional() };
const picture = z.strictObject({ ...file, ...caption }).refine(oneFile);
const document = z.strictObject({ ...file, ...caption, filename: words.optional() }).refine(oneFile);

const coordinate = (most: number) =>
  z.union([z.number(), text.regex(/^-?\d+(\.\d+)?$/)]).refine((value) => Math.abs(Number(value)) <= most);
const place = z.strictObject({
  latitude: coordinate(90),
  longitude: coordinate(180),
  name: text.optional(),
  address: text.optional(),
});

const card = z.strictObject({
  name: z.looseObject({ formatted_name: words }),
  phones: z
    .array(z.strictObject({ phone: text.optional(), type: text.optional(), wa_id: text.optional() }))
    .optional(),
  emails: z.array(z.looseObject({ email: text })).optional(),
  addresses: z.array(z.looseObject({})).optional(),
  urls: z.array(z.looseObject({ url: text })).optional(),
  org: z.looseObject({}).optional(),
  birthday: text.optional(),
});

const textHeader = z.strictObject({ type: z.literal('text'), text: atMost(60) });
const header = z.union([
  textHeader,
  z.strictObject({ type: z.literal('image'), image: picture }),
  z.strictObject({ type: z.literal('video'), video: picture }),
  z.strictObject({ type: z.literal('document'), document }),
]);
const footer = z.strictObject({ text: atMost(60) }).optional();
const body = (length: number) => z.strictObject({ text: atMost(length) });

function interactive<Action extends z.ZodType>(type: string, action: Action, other: z.ZodRawShape = {}) {
  const parts = { type: z.literal(type), header: header.optional(), body: body(1024), footer, action };
  return z.strictObject({ ...parts, ...other });
}

const sectionTitle = atMost(24, text).optional();
const titled = (sections: { title?: string | undefined }[]) =>
  sections.length === 1 || sections.every(({ title }) => title);
const different = (titles: string[]) => new Set(titles).size === titles.length;

const buttons = z.strictObject({
  buttons: list(
    z.strictObject({
      type: z.literal('reply'),
      reply: z.strictObject({ id: atMost(256), title: atMost(20) }),
    }),
    3,
  ).refine((all) => different(all.map(({ reply }) => reply.title))),
});
const rows = z.strictObject({
  button: atMost(20),
  sections: list(
    z.strictObject({
      title: sectionTitle,
      rows: list(
        z.strictObject({ id: atMost(200), title: atMost(24), description: atMost(72, text).optional() }),
        10,
      ),
    }),
    10,
  )
    .refine(titled)
    .refine((sections) => sections.flatMap((section) => section.rows).length <= 10),
});
const products = z.strictObject({
  catalog_id: words,
  sections: list(
    z.strictObject({
      title: sectionTitle,
      product_items: list(z.strictObject({ product_retailer_id: words }), 30),
    }),
    10,
  ).refine(titled),
});
const flow = z.strictObject({
  name: z.literal('flow'),
  parameters: z
    .strictObject({
      flow_message_version: z.literal('3'),
      flow_id: words.optional(),
      flow_name: words.optional(),
      flow_cta: words,
      mode: z.enum(['draft', 'published']).optional(),
      flow_token: text.optional(),
      flow_action: z.enum(['navigate', 'data_exchange']).optional(),
      flow_action_payload: z.looseObject({}).optional(),
    })
    .refine((given) => 'flow_id' in given !== 'flow_name' in given),
});
const named = (name: string, parameters: z.ZodType) => z.strictObject({ name: z.literal(name), parameters });

const interactives = z.union([
  interactive('button', buttons),
  interactive('list', rows, { header: textHeader.optional(), body: body(4096) }),
  interactive('cta_url', named('cta_url', z.strictObject({ display_text: words, url: address }))),
  interactive('location_request_message', z.strictObject({ name: z.literal('send_location') })),
  interactive('address_message', named('address_message', z.looseObject({ country: words }))),
  interactive('flow', flow),
  interactive('product', z.strictObject({ catalog_id: words, product_retailer_id: words }), {
    header: z.undefined().optional(),
    body: body(1024).optional(),
  }),
  interactive('product_list', products, { header: textHeader }),
  interactive(
    'catalog_message',
    named('catalog_message', z.strictObject({ thumbnail_product_retailer_id: words })),
  ),
  interactive('call_permission_request', z.strictObject({ name: z.literal('call_permission_request') }), {
    body: body(1024).optional(),
  }),
  interactive('contact_request', z.looseObject({ name: z.literal('request_contact_info') }), {
    body: body(1024).optional(),
  }),
]);

const parameterName = { parameter_name: words.optional() };
const fallback = z.looseObject({ fallback_value: words });
const parameter = z.union([
  z.strictObject({ type: z.literal('text'), text: words, ...parameterName }),
  z.strictObject({ type: z.literal('currency'), currency: fallback, ...parameterName }),
  z.strictObject({ type: z.literal('date_time'), date_time: fallback, ...parameterName }),
  z.strictObject({ type: z.literal('image'), image: picture }),
  z.strictObject({ type: z.literal('video'), video: picture }),
  z.strictObject({ type: z.literal('document'), document }),
  z.strictObject({ type: z.literal('location'), location: place }),
  z.strictObject({ type: z.literal('payload'), payload: words }),
  z.strictObject({ type: z.literal('coupon_code'), coupon_code: words }),
  z.strictObject({ type: z.literal('action'), action: z.looseObject({}) }),
]);
const component = z.union([
  z.strictObject({ type: z.enum(['header', 'body']), parameters: z.array(parameter).optional() }),
  z.strictObject({
    type: z.literal('button'),
    sub_type: words,
    index: z.union([z.int().min(0), text.regex(/^\d+$/)]),
    parameters: z.array(parameter).optional(),
  }),
]);

const contents = {
  text: z.strictObject({ body: atMost(4096), preview_url: z.boolean().optional() }),
  image: picture,
  video: picture,
  audio: z.strictObject({ ...file, voice: z.boolean().optional() }).refine(oneFile),
  document,
  sticker: z.strictObject(file).refine(oneFile),
  location: place,
  contacts: z.array(card).min(1),
  reaction: z.strictObject({ message_id: words, emoji: text }),
  interactive: interactives,
  template: z.strictObject({
    name: words,
    language: z.strictObject({ code: words, policy: z.literal('deterministic').optional() }),
    components: z.array(component).optional(),
  }),
};

const call = z.union(
  Object.entries(contents).map(([type, content]) =>
    z
      .strictObject({
        messaging_product: z.literal('whatsapp'),
        recipient_type: z.enum(['individual', 'group']).optional(),
        to: words.optional(),
        recipient: words.optional(),
        type: type === 'text' ? z.literal(type).optional() : z.literal(type),
        context: z.strictObject({ message_id: words }).optional(),
        biz_opaque_callback_data: atMost(512, text).optional(),
        [type]: content,
      })
      .refine(({ to, recipient }) => to !== undefined || recipient !== undefined),
  ),
);

/** Whether a body is a call of `POST /{phone-number-id}/messages` that the rules allow. */
export function obeysSendCallRules(given: unknown): boolean {
  return call.safeParse(given).success;
}

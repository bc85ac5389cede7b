import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { CAPTION_MAX_LENGTH, TEXT_MAX_LENGTH } from '../domain/notification-content.ts';

/** Gives the path of the first mistake in a value, empty for the value itself; null when there is none. */
type Form = (value: Json | undefined) => string | null;

/**
 * The first member of a composed body that Meta would refuse by its form (meta-facts §7.1); null when there is
 * none. Requests are checked at the door; this is the last look, at what a request, the settings and an earlier
 * version of Recado have made together.
 *
 * @returns its path, such as `interactive.action.buttons.0.reply.title`, and never what stands there
 */
export function mistakenMember(body: JsonObject): string | null {
  const { type } = body;
  const form = typeof type === 'string' && Object.hasOwn(forms, type) ? forms[type] : undefined;
  if (typeof type !== 'string' || form === undefined) return 'type';
  if ((body.to === undefined) === (body.recipient === undefined)) return 'to';
  return object({ messaging_product: word('whatsapp'), [type]: form }, around)(body);
}

const filled: Form = (value) => (typeof value === 'string' && value.trim() !== '' ? null : '');
const anyText: Form = (value) => (typeof value === 'string' ? null : '');
const anyObject: Form = (value) => (isJsonObject(value) ? null : '');
const flag: Form = (value) => (typeof value === 'boolean' ? null : '');
const webAddress: Form = (value) =>
  typeof value === 'string' && /^https?:\/\/[^\s/]/i.test(value) ? null : '';

/** Code points, so that an emoji counts once: how Meta counts is not established. */
const shortText =
  (longest: number): Form =>
  (value) =>
    typeof value === 'string' && [...value].length <= longest ? null : '';

const atMost =
  (longest: number): Form =>
  (value) =>
    filled(value) ?? shortText(longest)(value);

const word =
  (...words: string[]): Form =>
  (value) =>
    typeof value === 'string' && words.includes(value) ? null : '';

const within =
  (most: number): Form =>
  (value) =>
    typeof value === 'number' && Math.abs(value) <= most ? null : '';

/** An object with members that it needs, members that it may have, and no others unless `open`. */
function object(needed: Record<string, Form>, optional: Record<string, Form> = {}, open = false): Form {
  return (value) => {
    if (!isJsonObject(value)) return '';
    for (const [name, form] of Object.entries(needed)) {
      const mistake = form(value[name]);
      if (mistake !== null) return below(name, mistake);
    }
    for (const [name, member] of Object.entries(value)) {
      if (Object.hasOwn(needed, name)) continue;
      const form = Object.hasOwn(optional, name) ? optional[name] : undefined;
      const mistake = form === undefined ? (open ? null : '') : form(member);
      if (mistake !== null) return below(name, mistake);
    }
    return null;
  };
}

function list(form: Form, most = Number.MAX_SAFE_INTEGER): Form {
  return (value) => {
    if (!Array.isArray(value) || value.length === 0 || value.length > most) return '';
    for (const [index, item] of value.entries()) {
      const mistake = form(item);
      if (mistake !== null) return below(String(index), mistake);
    }
    return null;
  };
}

function below(name: string, path: string): string {
  return path === '' ? name : `${name}.${path}`;
}

/** A file: exactly one of an id and a link. */
function file(optional: Record<string, Form> = {}): Form {
  const form = object({}, { id: filled, link: webAddress, ...optional });
  return (value) => {
    const mistake = form(value);
    if (mistake !== null || !isJsonObject(value)) return mistake;
    return (value.id === undefined) === (value.link === undefined) ? 'id' : null;
  };
}

const around: Record<string, Form> = {
  recipient_type: word('individual', 'group'),
  to: filled,
  recipient: filled,
  type: filled,
  context: object({ message_id: filled }),
  biz_opaque_callback_data: atMost(512),
};

const caption = { caption: shortText(CAPTION_MAX_LENGTH) };
const document = file({ ...caption, filename: filled });
const words = (longest: number) => object({ text: atMost(longest) });

const header: Form = (value) => {
  const type = isJsonObject(value) ? value.type : undefined;
  const contents: Record<string, Form> = {
    text: atMost(60),
    image: file(),
    video: file(),
    document: file({ filename: filled }),
  };
  const content = typeof type === 'string' && Object.hasOwn(contents, type) ? contents[type] : undefined;
  return typeof type !== 'string' || content === undefined
    ? 'type'
    : object({ type: filled, [type]: content })(value);
};

const button = object({ type: word('reply'), reply: object({ id: atMost(256), title: atMost(20) }) });
const row = object({ id: atMost(200), title: atMost(24) }, { description: atMost(72) });
const section = object({ rows: list(row) }, { title: shortText(24) });

const rows: Form = (value) => {
  const mistake = object({ button: atMost(20), sections: list(section, 10) })(value);
  if (mistake !== null || !isJsonObject(value) || !Array.isArray(value.sections)) return mistake;
  const count = value.sections.reduce<number>(
    (sum, each) => sum + (isJsonObject(each) && Array.isArray(each.rows) ? each.rows.length : 0),
    0,
  );
  return count > 10 ? 'sections' : null;
};

/** The `action` of the types that people use most; of the others the frame is looked at. */
const actions: Record<string, Form> = {
  button: object({ buttons: list(button, 3) }),
  list: rows,
  cta_url: object({
    name: word('cta_url'),
    parameters: object({ display_text: filled, url: webAddress }),
  }),
  location_request_message: object({ name: word('send_location') }),
  address_message: object({
    name: word('address_message'),
    parameters: object({ country: filled }, {}, true),
  }),
  flow: object({
    name: word('flow'),
    parameters: object({ flow_message_version: word('3'), flow_cta: filled }, {}, true),
  }),
};

const interactive: Form = (value) => {
  const type = isJsonObject(value) ? value.type : undefined;
  const action = typeof type === 'string' && Object.hasOwn(actions, type) ? actions[type] : undefined;
  const body = words(type === 'list' ? 4096 : 1024);
  const needed = action === undefined ? { action: anyObject } : { action, body };
  return object({ type: filled, ...needed }, { header, body, footer: words(60) })(value);
};

const forms: Record<string, Form> = {
  text: object({ body: atMost(TEXT_MAX_LENGTH), preview_url: flag }),
  image: file(caption),
  video: file(caption),
  audio: file({ voice: flag }),
  document,
  sticker: file(),
  location: object({ latitude: within(90), longitude: within(180) }, { name: anyText, address: anyText }),
  contacts: list(object({ name: object({ formatted_name: filled }, {}, true) }, {}, true)),
  reaction: object({ message_id: filled, emoji: anyText }),
  interactive,
  template: object(
    { name: filled, language: object({ code: filled }) },
    { components: list(object({ type: filled }, {}, true)) },
  ),
};

import { isJsonObject, type JsonObject } from './json.ts';

/** A message in plain words. Allowed only while the window is open. */
type TextContent = {
  type: 'text';
  /** 1 to 4,096 characters. */
  body: string;
  /** Whether WhatsApp shows a preview of the first link. */
  previewUrl: boolean;
};

/** The types of message that carry a file (meta-facts §7.1). */
export const mediaTypes = ['image', 'video', 'audio', 'document', 'sticker'] as const;

/** One of the types that carry a file. */
type MediaType = (typeof mediaTypes)[number];

/** A file. Allowed only while the window is open. */
export type MediaContent = {
  type: MediaType;
  /** Meta's id of a file that was uploaded; exactly one of `id` and `link` is given. */
  id: string | null;
  /** An address from which Meta fetches the file. */
  link: string | null;
  /** The words below it; null for an audio and a sticker. */
  caption: string | null;
  /** The name that a document is shown with. */
  filename: string | null;
  /** An audio that is shown as a voice message. */
  voice: boolean;
};

/** A place on the map. */
type LocationContent = {
  type: 'location';
  /** Degrees, from -90 to 90. */
  latitude: number;
  /** Degrees, from -180 to 180. */
  longitude: number;
  name: string | null;
  address: string | null;
};

/** One or more contact cards, in Meta's own members. */
type ContactsContent = { type: 'contacts'; contacts: JsonObject[] };

/** An emoji on a message; an empty one takes it away again. */
type ReactionContent = { type: 'reaction'; messageId: string; emoji: string };

/** Something to tap: buttons, a list, a link, a Flow, products; in Meta's own members. */
type InteractiveContent = { type: 'interactive'; interactive: JsonObject };

/** A template approved by Meta. Allowed at any time. */
export type TemplateContent = {
  type: 'template';
  name: string;
  /** Meta's language code, such as `pt_BR`. */
  language: string;
  /** Meta's `components`, as its template reference describes them. */
  components: JsonObject[];
};

/** What a notification says. */
export type NotificationContent = (
  | TextContent
  | MediaContent
  | LocationContent
  | ContactsContent
  | ReactionContent
  | InteractiveContent
  | TemplateContent
) & {
  /** The message that it answers, by Meta's wamid; it is then shown as a quotation above. */
  replyTo?: string;
};

/** The longest text that Meta takes, in characters (meta-facts §7.1). */
export const TEXT_MAX_LENGTH = 4096;

/** The longest caption below a file, in characters (meta-facts §7.1). */
export const CAPTION_MAX_LENGTH = 1024;

/** The words of a message as a person would repeat them; null when it has none, or Meta's template has them. */
export function wordsOfContent(content: NotificationContent): string | null {
  switch (content.type) {
    case 'text':
      return content.body;
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return content.caption ?? content.filename;
    case 'location':
      return content.name ?? content.address;
    case 'contacts':
      return namesOf(content.contacts);
    case 'reaction':
      return content.emoji === '' ? null : content.emoji;
    case 'interactive': {
      const { body } = content.interactive;
      return isJsonObject(body) && typeof body.text === 'string' ? body.text : null;
    }
    case 'template':
      return null;
  }
}

function namesOf(contacts: readonly JsonObject[]): string | null {
  const names = contacts.flatMap(({ name }) =>
    isJsonObject(name) && typeof name.formatted_name === 'string' ? [name.formatted_name] : [],
  );
  return names.length === 0 ? null : names.join(', ');
}

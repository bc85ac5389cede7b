import type { JsonObject } from './json.ts';

/** A message in plain words. Allowed only while the window is open. */
type TextContent = {
  type: 'text';
  /** 1 to 4,096 characters. */
  body: string;
  /** Whether WhatsApp shows a preview of the first link. */
  previewUrl: boolean;
};

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
export type NotificationContent = TextContent | TemplateContent;

/** The longest text that Meta takes, in characters (meta-facts §7.1). */
export const TEXT_MAX_LENGTH = 4096;

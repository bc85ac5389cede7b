import type { z } from 'zod';
import { isJsonObject, type JsonObject } from '../../domain/json.ts';
import type { NotificationContent, TemplateContent } from '../../domain/notification-content.ts';
import type { notificationRequestSchema } from '../contract/notification.ts';
import type { templateRequest } from '../contract/template-request.ts';

type RequestBody = z.output<typeof notificationRequestSchema>;
type TemplateRequest = z.output<typeof templateRequest>;

/** What a request wants said, in our words; the schema has made sure that it is exactly one thing. */
export function messageContent(body: RequestBody): NotificationContent {
  const content = contentIn(body);
  return body.replyTo === undefined ? content : { ...content, replyTo: body.replyTo };
}

function contentIn(body: RequestBody): NotificationContent {
  const { text, template, media, location, contacts, reaction, interactive } = body;
  if (template !== undefined) return templateContent(template);
  if (media !== undefined) {
    const { type, id = null, link = null, caption = null, filename = null, voice } = media;
    return { type, id, link, caption, filename, voice };
  }
  if (location !== undefined) {
    const { latitude, longitude, name = null, address = null } = location;
    return { type: 'location', latitude, longitude, name, address };
  }
  if (contacts !== undefined) return { type: 'contacts', contacts: contacts.map(asWritten) };
  if (reaction !== undefined) return { type: 'reaction', ...reaction };
  if (interactive !== undefined) return { type: 'interactive', interactive: asWritten(interactive) };
  if (typeof text === 'object') return { type: 'text', ...text };
  return { type: 'text', body: text ?? '', previewUrl: false };
}

/** A template with its values as Meta's `components` (meta-facts §7.1). */
export function templateContent(template: TemplateRequest): TemplateContent {
  const { name, language } = template;
  return { type: 'template', name, language, components: templateComponents(template) };
}

/** The values of a template as Meta's `components`. */
export function templateComponents(values: Omit<TemplateRequest, 'name' | 'language'>): JsonObject[] {
  const { header, parameters, buttons = [], components } = values;
  if (components !== undefined) return components.map(asWritten);
  return [
    ...(header === undefined ? [] : [{ type: 'header', parameters: headerParameters(header) }]),
    ...(parameters === undefined ? [] : [{ type: 'body', parameters: textParameters(parameters) }]),
    ...buttons.map(buttonComponent),
  ];
}

function headerParameters(header: NonNullable<TemplateRequest['header']>): JsonObject[] {
  if (header.type === 'text') return textParameters(header.parameters);
  const { type, ...members } = header;
  return [{ type, [type]: asWritten(members) }];
}

function textParameters(values: readonly string[] | Record<string, string>): JsonObject[] {
  if (Array.isArray(values)) return values.map((text) => ({ type: 'text', text }));
  return Object.entries(values).map(([name, text]) => ({ type: 'text', parameter_name: name, text }));
}

type Button = NonNullable<TemplateRequest['buttons']>[number];

function buttonComponent({ index, payload, urlSuffix, couponCode, flow }: Button): JsonObject {
  const component = (subType: string, parameter: JsonObject): JsonObject => ({
    type: 'button',
    sub_type: subType,
    index: String(index),
    parameters: [parameter],
  });
  if (payload !== undefined) return component('quick_reply', { type: 'payload', payload });
  if (urlSuffix !== undefined) return component('url', { type: 'text', text: urlSuffix });
  if (couponCode !== undefined) {
    return component('copy_code', { type: 'coupon_code', coupon_code: couponCode });
  }
  return component('flow', { type: 'action', action: flow ?? {} });
}

/** What came as JSON and was checked, as JSON again. */
function asWritten(value: unknown): JsonObject {
  if (!isJsonObject(value)) throw new Error('A checked object of a request is an object.');
  return value;
}

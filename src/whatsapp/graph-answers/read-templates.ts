import type { JsonObject } from '../../domain/json.ts';
import type { TemplateButton, TemplateDefinition, TemplateHeader } from '../../domain/template.ts';
import { readList, readObject, readText } from '../wire-values.ts';

/** A page of the templates of a WhatsApp Business Account; `after` is null at the end. */
export type TemplatesPage = { templates: TemplateDefinition[]; after: string | null };

/** Reads the answer of `GET /{waba}/message_templates` (meta-facts §7.2); null when it is no list. */
export function readTemplates(body: JsonObject, wabaId: string): TemplatesPage | null {
  if (!Array.isArray(body.data)) return null;
  const templates = body.data.flatMap((entry) => {
    const template = readObject(entry);
    return template === null ? [] : (readTemplate(template, wabaId) ?? []);
  });
  const paging = readObject(body.paging);
  const after = readText(readObject(paging?.cursors)?.after);
  return { templates, after: readText(paging?.next) === null ? null : after };
}

/** A template as the Graph API writes it; null without a name and a language. */
function readTemplate(template: JsonObject, wabaId: string): TemplateDefinition | null {
  const name = readText(template.name);
  const language = readText(template.language);
  if (name === null || language === null) return null;
  const components = listOf(template.components);
  const part = (type: string) => components.find((component) => typeOf(component) === type) ?? null;
  const header = part('HEADER');
  const reason = readText(template.rejected_reason);
  const score = readObject(template.quality_score);
  return {
    wabaId,
    templateId: readText(template.id),
    name,
    language: language.replace('-', '_'),
    status: wordOf(template.status),
    category: wordOf(template.category)?.toLowerCase() ?? null,
    quality: wordOf(score?.score) ?? wordOf(template.quality_score),
    reason: reason === 'NONE' ? null : reason,
    named: wordOf(template.parameter_format) === 'NAMED',
    header: header === null ? null : headerOf(header),
    body: readText(part('BODY')?.text) ?? '',
    footer: readText(part('FOOTER')?.text),
    buttons: listOf(part('BUTTONS')?.buttons).map(buttonOf),
    whole: components.length > 0 && components.every(isUnderstood),
    components,
  };
}

const knownTypes: ReadonlySet<string | null> = new Set(['HEADER', 'BODY', 'FOOTER', 'BUTTONS']);

function isUnderstood(component: JsonObject): boolean {
  const type = typeOf(component);
  if (!knownTypes.has(type)) return false;
  if (type === 'HEADER') return headerOf(component) !== null;
  if (type === 'BODY') return readText(component.text) !== null;
  return type !== 'BUTTONS' || listOf(component.buttons).every((one) => buttonOf(one).kind !== 'other');
}

function headerOf(header: JsonObject): TemplateHeader | null {
  const format = wordOf(header.format);
  switch (format) {
    case 'TEXT':
      return { format: 'text', text: readText(header.text) ?? '' };
    case 'IMAGE':
      return { format: 'image' };
    case 'VIDEO':
      return { format: 'video' };
    case 'DOCUMENT':
      return { format: 'document' };
    case 'LOCATION':
      return { format: 'location' };
    default:
      return null;
  }
}

const buttonKinds: Readonly<Record<string, TemplateButton['kind']>> = {
  QUICK_REPLY: 'quick-reply',
  URL: 'url',
  PHONE_NUMBER: 'phone-number',
  COPY_CODE: 'copy-code',
  FLOW: 'flow',
  OTP: 'one-time-password',
};

function buttonOf(button: JsonObject): TemplateButton {
  const type = typeOf(button) ?? '';
  const kind = Object.hasOwn(buttonKinds, type) ? buttonKinds[type] : undefined;
  return { kind: kind ?? 'other', text: readText(button.text), url: readText(button.url) };
}

function typeOf(component: JsonObject): string | null {
  return wordOf(component.type);
}

function wordOf(value: JsonObject[string] | undefined): string | null {
  return readText(value)?.toUpperCase() ?? null;
}

function listOf(value: JsonObject[string] | undefined): JsonObject[] {
  return readList(value).flatMap((entry) => {
    const object = readObject(entry);
    return object === null ? [] : [object];
  });
}

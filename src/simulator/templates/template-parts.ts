import type { JsonObject } from '../../domain/json.ts';
import type { ParameterFormat } from './placeholders.ts';

/** What stands above the words of a template. */
export type TemplateHeader =
  | { format: 'TEXT'; text: string }
  | { format: 'IMAGE' | 'VIDEO' | 'DOCUMENT' | 'LOCATION' };

/** A button of a template. */
export type TemplateButton =
  | { type: 'QUICK_REPLY'; text: string }
  /** The address may end with one placeholder. */
  | { type: 'URL'; text: string; url: string }
  | { type: 'PHONE_NUMBER'; text: string; phoneNumber: string }
  | { type: 'COPY_CODE' }
  | { type: 'FLOW'; text: string }
  /** Copies or fills in the one-time password of an authentication template. */
  | { type: 'OTP'; text: string };

/** What a template consists of. */
export type TemplateParts = {
  format: ParameterFormat;
  header: TemplateHeader | null;
  body: string;
  footer: string | null;
  buttons: readonly TemplateButton[];
};

/** The parts as the Graph API writes them. */
export function componentsOf({ header, body, footer, buttons }: TemplateParts): JsonObject[] {
  return [
    ...(header === null ? [] : [{ type: 'HEADER', ...header }]),
    { type: 'BODY', text: body },
    ...(footer === null ? [] : [{ type: 'FOOTER', text: footer }]),
    ...(buttons.length === 0 ? [] : [{ type: 'BUTTONS', buttons: buttons.map(buttonPart) }]),
  ];
}

function buttonPart(button: TemplateButton): JsonObject {
  if (button.type !== 'PHONE_NUMBER') return { ...button };
  const { type, text, phoneNumber } = button;
  return { type, text, phone_number: phoneNumber };
}

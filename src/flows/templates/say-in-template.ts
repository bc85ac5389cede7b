import type { Lane } from '../../domain/lane.ts';
import type { TemplateContent } from '../../domain/notification-content.ts';
import type { LookUpTemplate } from './look-up-template.ts';

/**
 * A template that says a text: with the text as its value where its body has exactly one placeholder, else as it is.
 * A value has one line (meta-facts §5, 132018): line breaks and tabs become a space.
 */
export async function sayInTemplate(
  lane: Lane,
  template: TemplateContent,
  text: string,
  lookUpTemplate: LookUpTemplate,
): Promise<TemplateContent> {
  const knowledge = await lookUpTemplate(lane, template);
  const placeholders = knowledge.known ? knowledge.placeholders : null;
  const [name, ...others] = placeholders?.body ?? [];
  if (placeholders === null || name === undefined || others.length > 0) return template;
  const value = {
    type: 'text',
    ...(placeholders.named ? { parameter_name: name } : {}),
    text: text.replaceAll(/\s+/g, ' ').trim(),
  };
  return { ...template, components: [...template.components, { type: 'body', parameters: [value] }] };
}

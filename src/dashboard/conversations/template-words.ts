import type { MessageContentBody, TemplateStateBody } from '../../client/generated.ts';
import { listIn, textIn } from '../json.ts';

type TemplateContent = Extract<MessageContentBody, { type: 'template' }>;

/** What a template says with the values that were sent; null while its words are not known here. */
export function templateWords(
  content: TemplateContent,
  templates: readonly TemplateStateBody[],
): string | null {
  const found = templates.find(
    ({ name, language }) => name === content.name && language === content.language,
  );
  if (found?.body == null) return null;
  const values = content.components
    .filter((component) => textIn(component, 'type')?.toLowerCase() === 'body')
    .flatMap((component) => listIn(component, 'parameters'));
  return filled(
    found.body,
    new Map(
      values.map((value, index) => [
        textIn(value, 'parameter_name') ?? String(index + 1),
        textIn(value, 'text') ?? '…',
      ]),
    ),
  );
}

/** Words with their placeholders filled in; what has no value stays as it is. */
export function filled(words: string, values: ReadonlyMap<string, string>): string {
  return words.replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) => values.get(name) || placeholder);
}

/** Whether a template counts its placeholders, `{{1}}`, or names them, `{{order}}`. */
export type ParameterFormat = 'POSITIONAL' | 'NAMED';

const placeholder = /\{\{\s*(\w+)\s*\}\}/g;

/** The placeholders of a text, each once, in the order in which they first stand there. */
export function placeholdersOf(text: string): string[] {
  return [...new Set([...text.matchAll(placeholder)].map(([, name = '']) => name))];
}

/** The text with its placeholders filled in; those without a value stay. */
export function fillPlaceholders(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(placeholder, (hole, name: string) => values.get(name) ?? hole);
}

/** Why these placeholders are not allowed in a template of this format; null when they are. */
export function placeholderMistake(text: string, format: ParameterFormat): string | null {
  const names = placeholdersOf(text);
  if (/\}\}\s*\{\{/.test(text)) return 'has placeholders next to each other, without words between them.';
  if (format === 'NAMED') {
    const wrong = names.find((name) => !/^[a-z][a-z0-9_]*$/.test(name));
    return wrong === undefined ? null : `has the placeholder {{${wrong}}}, which is no name in lower case.`;
  }
  const wrong = names.find((name, index) => name !== String(index + 1));
  return wrong === undefined ? null : `has the placeholder {{${wrong}}}; they are counted from {{1}}.`;
}

/** Text that is markup already. Only `html` makes it, so that whatever else goes into a page is escaped. */
export type Html = { readonly markup: string };

/** What may stand in a template: text is escaped, lists are joined, null is nothing. */
export type Part = Html | string | number | null | readonly Part[];

/** Markup from a template: `html\`<b>${anything}</b>\``. Escapes for text and for quoted attributes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { markup: strings.map((text, index) => text + markupOf(parts[index] ?? null)).join('') };
}

function markupOf(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return 'markup' in part ? part.markup : part.map(markupOf).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** Prose of the document: `words` in backticks become code, an empty line begins a paragraph. */
export function prose(text: string): Html {
  return html`${text.split(/\n{2,}/).map((paragraph) => html`<p>${phrases(paragraph)}</p>`)}`;
}

/** One paragraph of prose without its element. */
export function phrases(text: string): Html {
  const parts = text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
  return html`${parts}`;
}

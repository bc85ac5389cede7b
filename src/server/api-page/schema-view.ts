import type { Json, JsonObject } from '../../domain/json.ts';
import { referredName } from './example.ts';
import { type Html, html, phrases } from './html.ts';
import { listOf, objectOf, textOf } from './read-document.ts';

/** As many words as a narrow column can show; more of them stand in the description. */
const FEW_WORDS = 4;

function wordsOf(schema: JsonObject): readonly Json[] {
  return listOf(schema.enum);
}

/** The type of a value in a few words; named schemas are links. */
export function typeView(schema: JsonObject): Html {
  const name = referredName(schema);
  if (name !== null) return html`<a href="#schema-${name}">${name}</a>`;
  const alternatives = [...listOf(schema.anyOf), ...listOf(schema.oneOf)].map(objectOf);
  if (alternatives.length > 0) return joined(alternatives.map(typeView), ' or ');
  if (wordsOf(schema).length > FEW_WORDS) return html`word`;
  if (Array.isArray(schema.enum)) return joined(schema.enum.map(valueView), ' or ');
  if (schema.const !== undefined) return valueView(schema.const);
  if (Array.isArray(schema.type)) return html`${schema.type.map(String).join(' or ')}`;
  if (schema.type === 'array') return html`list of ${typeView(objectOf(schema.items))}`;
  if (schema.format === 'date-time') return html`time`;
  return html`${textOf(schema.type) || 'any JSON'}`;
}

/** The members of an object as a table, those of objects inside it below them, with dots between levels. */
export function membersView(schema: JsonObject): Html {
  const rows = rowsOf(schema, '');
  if (rows.length === 0) return html`<p class="type">${typeView(schema)}</p>`;
  return html`<div class="scroll"><table class="members">
<thead><tr><th scope="col">Member</th><th scope="col">Type</th><th scope="col">What it is</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function rowsOf(schema: JsonObject, prefix: string): Html[] {
  const required = listOf(schema.required);
  // Answers name all of their members as required; only what a request may leave out is worth a word.
  const isRequest = schema.additionalProperties === false;
  return Object.entries(objectOf(schema.properties)).flatMap(([name, value]) => {
    const member = objectOf(value);
    const need = isRequest && required.includes(name);
    return [row(prefix + name, member, need), ...innerOf(member, prefix + name)];
  });
}

function innerOf(schema: JsonObject, name: string): Html[] {
  const variants = [...listOf(schema.anyOf), ...listOf(schema.oneOf)].map(objectOf);
  if (variants.length > 0) return variants.flatMap((variant) => innerOf(variant, name));
  if (schema.type === 'array') return innerOf(objectOf(schema.items), `${name}[]`);
  return rowsOf(schema, `${name}.`);
}

function row(name: string, schema: JsonObject, required: boolean): Html {
  return html`<tr><th scope="row"><code>${name}</code>${required ? html` <span class="need">required</span>` : null}</th>
<td class="type">${typeView(schema)}</td>
<td>${phrases(textOf(schema.description))}${limitsView(schema)}</td></tr>
`;
}

/** The words, the default and the bounds of a value, after its description. */
export function limitsView(schema: JsonObject): Html | null {
  const many = [wordsOf(schema), wordsOf(objectOf(schema.items))].find(({ length }) => length > FEW_WORDS);
  const { minimum, maximum, maxLength, default: standard } = schema;
  const words = [
    ...(many === undefined ? [] : [html`One of ${joined(many.map(valueView), ', ')}.`]),
    ...(standard === undefined ? [] : [html`Default ${valueView(standard)}.`]),
    ...(minimum === undefined || maximum === undefined
      ? []
      : [html`From ${valueView(minimum)} to ${valueView(maximum)}.`]),
    ...(maxLength === undefined ? [] : [html`At most ${Number(maxLength).toLocaleString('en')} characters.`]),
  ];
  return words.length === 0 ? null : html` <span class="limits">${joined(words, ' ')}</span>`;
}

function valueView(value: Json): Html {
  return html`<code>${JSON.stringify(value)}</code>`;
}

function joined(parts: readonly Html[], between: string): Html {
  return html`${parts.map((part, index) => (index === 0 ? part : html`${between}${part}`))}`;
}

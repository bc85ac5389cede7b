import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../src/dashboard/', import.meta.url));
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.tsx?$/.test(name),
);
const contentOf = (name: string) => readFileSync(join(folder, name), 'utf8');
const code = sources
  .filter((name) => !name.startsWith('words/'))
  .map(contentOf)
  .join('\n');

/** Every entry of the catalogue by its path, such as `shell.login`, with what it holds. */
const entries: [path: string, said: Record<string, unknown>][] = [];
for (const name of sources.filter((source) => source.startsWith('words/'))) {
  const catalogue: Record<string, unknown> = await import(join(folder, name));
  for (const [member, value] of Object.entries(catalogue)) collect(member, value);
}

function collect(path: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) throw new Error(`${path} is no entry.`);
  if ('en' in value || 'pt-BR' in value) entries.push([path, { ...value }]);
  else for (const [member, inner] of Object.entries(value)) collect(`${path}.${member}`, inner);
}

describe('the words of the dashboard', () => {
  it.each(entries)('%s stands in both languages, and differs where it has words', (path, said) => {
    expect(Object.keys(said).sort()).toEqual(['en', 'pt-BR']);
    expect(typeof said['en']).toBe(typeof said['pt-BR']);
    const texts = [said['en'], said['pt-BR']].map((one) => (typeof one === 'function' ? one('1', 2) : one));
    for (const text of texts) expect(text, path).toMatch(/\S/);
  });

  it('are all used', () => {
    const unused = entries.filter(([path]) => !isUsed(path)).map(([path]) => path);
    expect(unused).toEqual([]);
  });

  it('are all that the pages say: none stands in the code itself', () => {
    const spoken = sources
      .filter((name) => name.endsWith('.tsx'))
      .flatMap((name) => [
        ...contentOf(name).matchAll(/<[a-z][^<>]*(?<!=)>\s*([\p{L}][^<>{}]*)\s*<\//gu),
        ...contentOf(name).matchAll(/(?:aria-label|title|placeholder)="([^"]+)"/g),
      ])
      .map(([, words]) => words?.trim())
      // The name is the same in every language.
      .filter((words) => words !== 'Recado');
    expect(spoken).toEqual([]);
  });
});

/** By its own name, or in a table that is asked by a word: then some part of the path is followed by `[`. */
function isUsed(path: string): boolean {
  const parts = path.split('.');
  const last = parts.at(-1) ?? '';
  const asTable = parts.slice(0, -1).some((part) => new RegExp(`\\b(?:words\\.)?${part}\\[`).test(code));
  const asWholeTable = new RegExp(`\\b${parts[0]}\\)`).test(code);
  return (
    new RegExp(`\\.${last}\\b`).test(code) || asTable || asWholeTable || new RegExp(`'${last}'`).test(code)
  );
}

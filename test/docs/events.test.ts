import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  contentShapes,
  type EventForm,
  eventExamples,
  eventForms,
  exampleOf,
  formOf,
} from '../../scripts/event-forms.ts';
import { eventKinds } from '../../src/domain/event.ts';
import { summaryOf } from '../../src/domain/event-content/event-summary.ts';

const examples = eventExamples();
const page = readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8');
const name = ({ field, word, form }: EventForm) =>
  [field, word, form].filter((part) => part !== null).join(' ');

describe('every form of event that Meta documents', () => {
  it.each(eventForms.map((row) => [name(row), row] as const))('%s', (_name, row) => {
    const example = exampleOf(row, examples);
    // A body in test/fixtures/webhooks.
    expect(example).toBeDefined();
    if (example === undefined) return;
    const { kind, content } = example;
    const english = summaryOf(kind, content, 'en');
    const portuguese = summaryOf(kind, content, 'pt-BR');
    expect(english).toMatch(/^\S.{4,}/);
    expect(portuguese).toMatch(/^\S.{4,}/);
    expect(portuguese).not.toBe(english);
    // A question mark by itself stands for something that Meta's own example gives and nobody read.
    for (const summary of [english, portuguese]) expect(summary).not.toMatch(/(?<![\p{L}\p{N}])\?/u);
    // A word that we know is said in our words: in capitals it would be Meta's.
    for (const summary of [english, portuguese])
      if (row.word?.includes('_')) expect(summary).not.toContain(row.word);
    expect(page).toContain(
      `| \`${row.field}\` | ${row.word === null ? '' : `\`${row.word}\``} | [${row.kind}]`,
    );
    expect(page).toContain(english.replaceAll('|', '\\|'));
    expect(page).toContain(portuguese.replaceAll('|', '\\|'));
  });

  it('is of every kind but ours, and messages, which have a page of their own', () => {
    const elsewhere = ['message', 'notification', 'alarm', 'unrecognised'];
    expect([...new Set(eventForms.map(({ kind }) => kind))].sort()).toEqual(
      eventKinds.filter((kind) => !elsewhere.includes(kind)).sort(),
    );
  });
});

describe('every kind', () => {
  it.each(contentShapes().map(({ kind, source }) => [kind, source] as const))(
    '%s has its shape in docs/events.md, and a body for each of its forms',
    (kind, source) => {
      expect(page).toContain(`## ${kind}\n\n\`\`\`ts\n${source}`);
      const told = new Set(
        [...source.matchAll(/\bform:((?:\s*\|?\s*'[a-z-]+')+)/g)].flatMap(([, words = '']) =>
          [...words.matchAll(/'([a-z-]+)'/g)].map(([, word]) => word),
        ),
      );
      const shown = new Set(
        examples.filter((example) => example.kind === kind).flatMap(({ content }) => formOf(content) ?? []),
      );
      // Bodies that are no JSON, or nested beyond reason, are in read-content.test.ts.
      const bodies = kind === 'unrecognised' ? new Set(['unknown']) : told;
      expect([...bodies].filter((form) => form !== undefined && !shown.has(form))).toEqual([]);
    },
  );
});

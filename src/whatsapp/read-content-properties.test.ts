import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { webhookFixture, webhookFixtureNames } from '../../test/support/webhook-fixtures.ts';
import { eventKinds } from '../domain/event.ts';
import { summaryOf } from '../domain/event-content/event-summary.ts';
import { isJsonObject, type Json } from '../domain/json.ts';
import type { Around } from './event-contents/around.ts';
import { createEventKeys } from './event-key.ts';
import { isMetaTest } from './meta-test.ts';
import { parseWebhook } from './parse-webhook.ts';
import { readContent, readContentAt } from './read-content.ts';
import { parseBody } from './read-event.ts';

const keys = createEventKeys(new Uint8Array(32));

/** Every member name and every text of our own bodies: what a stranger's element is likely to be made of. */
const names = new Set<string>();
const texts = new Set<string>();
const bodies = webhookFixtureNames().map((name) => parseBody(webhookFixture(name)) ?? null);
for (const body of bodies) collect(body);

function collect(value: Json): void {
  if (typeof value === 'string') texts.add(value);
  if (Array.isArray(value)) value.forEach(collect);
  if (!isJsonObject(value)) return;
  for (const [name, member] of Object.entries(value)) {
    names.add(name);
    collect(member);
  }
}

const anyJson = fc.json({ maxDepth: 4 }).map((text): Json => JSON.parse(text));
const anyText = fc.oneof(fc.constantFrom(...texts), fc.string({ unit: 'binary' }));
const anyName = fc.constantFrom(...names, 'constructor', '__proto__', 'toString');
const { likely } = fc.letrec<{ likely: Json }>((tie) => ({
  likely: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    anyJson,
    anyText,
    fc.array(tie('likely'), { maxLength: 3 }),
    fc
      .array(fc.tuple(anyName, tie('likely')), { maxLength: 8 })
      .map((pairs): Json => Object.fromEntries(pairs)),
  ),
}));
const anyElement = fc.oneof(
  { weight: 1, arbitrary: likely },
  {
    weight: 4,
    arbitrary: fc
      .array(fc.tuple(anyName, likely), { maxLength: 12 })
      .map((pairs): Json => Object.fromEntries(pairs)),
  },
);
const anyAround: fc.Arbitrary<Around> = fc.record({
  field: fc.option(anyText),
  list: fc.option(anyName),
  value: fc.option(likely.filter(isJsonObject)),
  unreadable: fc.constantFrom(null, 'not-json', 'nested-too-deep'),
});

describe('any JSON under any kind', () => {
  it('is read without a throw, into plain data, and summed up in one line', () => {
    fc.assert(
      fc.property(fc.constantFrom(...eventKinds), anyElement, anyAround, (kind, element, around) => {
        const content = readContent(kind, element, around);
        expect(structuredClone(content)).toEqual(content);
        for (const language of ['en', 'pt-BR'] as const) {
          expect(summaryOf(kind, content, language)).toMatch(/^\S[^\p{Cc}\u2028\u2029]*$/u);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('and at any path of any body', () => {
    const anyPath = fc.oneof(
      fc.string(),
      fc.constantFrom('', '0', '0.0', '0.0.value', '0.0.messages.0', '0.0.standby.statuses.1'),
    );
    fc.assert(
      fc.property(fc.constantFrom(...eventKinds), fc.constantFrom(...bodies), anyPath, (kind, body, path) => {
        expect(summaryOf(kind, readContentAt(kind, body, path), 'en')).not.toBe('');
        expect(typeof isMetaTest(body, path)).toBe('boolean');
      }),
    );
  });
});

describe('a number for a text, or a text for a number', () => {
  const digitsAsNumbers = (name: string, value: unknown) =>
    typeof value === 'string' && /^[1-9]\d{0,14}$/.test(value) && name !== 'body' ? Number(value) : value;
  const numbersAsDigits = (_name: string, value: unknown) =>
    typeof value === 'number' ? String(value) : value;

  it.each(webhookFixtureNames())('is the same in %s', (name) => {
    const bytes = webhookFixture(name);
    const body = parseBody(bytes);
    const text = JSON.stringify(body);
    for (const { kind, path } of parseWebhook(bytes, keys).events) {
      const content = readContentAt(kind, body, path);
      expect(readContentAt(kind, JSON.parse(text, digitsAsNumbers), path)).toEqual(content);
      expect(readContentAt(kind, JSON.parse(text, numbersAsDigits), path)).toEqual(content);
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageElements } from '../../../test/support/message-fixtures.ts';
import { webhookFixtureNames } from '../../../test/support/webhook-fixtures.ts';
import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { summaryOfMessage } from '../../domain/message-content/message-summary.ts';
import { readMessage } from './read-message.ts';

const elements = webhookFixtureNames().flatMap(messageElements);
const anyFixture = fc.constantFrom(...elements);
const anyJson = fc.json({ maxDepth: 3 }).map((text): Json => JSON.parse(text));

/** Every place in a value, as the names and indexes that lead to it. */
function placesIn(value: Json, path: readonly string[] = []): string[][] {
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [[...path], ...members.flatMap(([name, member]) => placesIn(member, [...path, name]))];
}

function replaced(value: Json, [name, ...rest]: readonly string[], by: Json): Json {
  if (name === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((item, index) => (String(index) === name ? replaced(item, rest, by) : item));
  }
  return isJsonObject(value) ? { ...value, [name]: replaced(value[name] ?? null, rest, by) } : value;
}

/** An element of a fixture with other JSON in one place. */
const anyDamaged = anyFixture.chain((element) => {
  const places = placesIn(element).filter((place) => place.length > 0);
  return fc.record({ element: fc.constant(element), place: fc.constantFrom(...places), by: anyJson });
});

function expectSound(element: JsonObject): void {
  const before = structuredClone(element);
  const message = readMessage(element);
  expect(element).toEqual(before);
  expect(JSON.parse(JSON.stringify(message))).toEqual(message);
  for (const language of ['en', 'pt-BR'] as const) {
    expect(summaryOfMessage(message, language)).toMatch(/^\P{Cc}+$/u);
  }
}

describe('any element', () => {
  it('reads to plain data, and to a line in both languages', () => {
    fc.assert(fc.property(anyJson.filter(isJsonObject), expectSound));
  });

  it('of a known type with anything in it too', () => {
    const types = [...new Set(elements.map(({ type }) => type ?? null))];
    const typed = fc
      .constantFrom(...types)
      .chain((type) =>
        fc
          .tuple(anyJson, anyJson, anyJson)
          .map(([content, context, errors]) => ({ type, [String(type)]: content, context, errors })),
      );
    fc.assert(fc.property(typed, expectSound), { numRuns: 500 });
  });

  it('with other JSON in one place too, and stays of a known type', () => {
    fc.assert(
      fc.property(anyDamaged, ({ element, place, by }) => {
        const damaged = replaced(element, place, by);
        if (!isJsonObject(damaged)) throw new Error('an element is an object');
        expectSound(damaged);
        if (place[0] === 'type' || readMessage(element).content.type === 'unknown') return;
        expect(readMessage(damaged).content.type).not.toBe('unknown');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('numbers and the text of their digits', () => {
  const asNumber = (name: string, value: unknown) => {
    const isDigits = typeof value === 'string' && /^(0|[1-9]\d{0,14})$/.test(value);
    return isDigits && name !== 'response_json' ? Number(value) : value;
  };
  const asText = (_name: string, value: unknown) => (typeof value === 'number' ? String(value) : value);
  const rewritten = (element: JsonObject, rewrite: (name: string, value: unknown) => unknown): JsonObject =>
    JSON.parse(JSON.stringify(element, rewrite));

  it.each(webhookFixtureNames().filter((name) => messageElements(name).length > 0))(
    'read alike in %s',
    (name) => {
      for (const element of messageElements(name)) {
        expect(readMessage(rewritten(element, asNumber))).toEqual(readMessage(element));
        expect(readMessage(rewritten(element, asText))).toEqual(readMessage(element));
      }
    },
  );

  it('read alike wherever they stand', () => {
    const scalarPlaces = anyFixture
      // What is handed on as it came keeps its numbers.
      .filter((element) => !JSON.stringify(element).includes('"payment_'))
      .chain((element) => {
        const places = placesIn(element).filter((place) => place.length > 0);
        return fc.record({
          element: fc.constant(element),
          place: fc.constantFrom(...places),
          number: fc.nat({ max: 10 ** 15 - 1 }),
        });
      });
    fc.assert(
      fc.property(scalarPlaces, ({ element, place, number }) => {
        const [plain, quoted] = [number, String(number)].map((by) => replaced(element, place, by));
        if (!isJsonObject(plain) || !isJsonObject(quoted)) throw new Error('an element is an object');
        expect(readMessage(plain)).toEqual(readMessage(quoted));
      }),
      { numRuns: 1000 },
    );
  });
});

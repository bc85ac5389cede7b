import { describe, expect, it } from 'vitest';
import { webhookFixture, webhookFixtureNames } from '../../test/support/webhook-fixtures.ts';
import type { Json } from '../domain/json.ts';
import { isMetaTest } from './meta-test.ts';
import { parseBody } from './read-event.ts';

const change = (metadata: Json, id: Json = '300100300100300'): Json => ({
  entry: [{ id, changes: [{ field: 'messages', value: { metadata, messages: [{ id: 'ABGGFlA5Fpa' }] } }] }],
});

describe('what Meta’s dashboard makes up', () => {
  it.each<[string, Json, string]>([
    ['an account with the id 0', change(null, '0'), '0.0.messages.0'],
    ['the same as a number', change(null, 0), '0.0.messages.0'],
    ['a whole entry', { entry: [{ id: '0' }] }, '0'],
    [
      'its business phone',
      change({ phone_number_id: 123456123, display_phone_number: '+16505551111' }),
      '0.0.messages.0',
    ],
  ])('is told by %s', (_what, body, path) => {
    expect(isMetaTest(body, path)).toBe(true);
  });

  it.each<[string, Json | undefined, string]>([
    ['half of its business phone', change({ phone_number_id: '123456123' }), '0.0.messages.0'],
    ['nothing', undefined, ''],
    ['a body as a whole', { entry: [{ id: '0' }] }, ''],
    ['another entry', { entry: [{ id: '0' }, { id: '1' }] }, '1'],
  ])('is not told by %s', (_what, body, path) => {
    expect(isMetaTest(body, path)).toBe(false);
  });

  it('is none of our other bodies', () => {
    const tests = webhookFixtureNames().filter((name) =>
      ['0.0.messages.0', '0.0.value'].some((path) => isMetaTest(parseBody(webhookFixture(name)), path)),
    );
    expect(tests.every((name) => name.startsWith('dashboard-test'))).toBe(true);
    expect(tests).toContain('dashboard-test');
  });
});

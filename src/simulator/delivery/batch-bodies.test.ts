import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../domain/json.ts';
import { batchBodies } from './batch-bodies.ts';

function body(account: string, phone: string, parts: JsonObject, field = 'messages'): JsonObject {
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: account, changes: [{ field, value: { metadata: { phone_number_id: phone }, ...parts } }] }],
  };
}

const bodies = [
  body('1', 'a', { messages: [{ id: 'm1' }], contacts: [{ wa_id: '5' }] }),
  body('1', 'a', { statuses: [{ id: 's1' }] }),
  body('1', 'a', { messages: [{ id: 'm2' }] }),
  body('1', 'b', { messages: [{ id: 'm3' }] }),
  body('2', 'c', { messages: [{ id: 'm4' }] }),
];

describe('several updates in one body (meta-facts §2.4)', () => {
  it('as entries', () => {
    const batch = batchBodies(bodies, 'entries');
    expect(batch.object).toBe('whatsapp_business_account');
    expect(batch.entry).toEqual(bodies.flatMap(({ entry }) => entry));
  });

  it('as changes of one entry for each account', () => {
    expect(batchBodies(bodies, 'changes')).toMatchObject({
      entry: [
        { id: '1', changes: [{}, {}, {}, { value: { messages: [{ id: 'm3' }] } }] },
        { id: '2', changes: [{}] },
      ],
    });
  });

  it('as elements of one change for each phone', () => {
    expect(batchBodies(bodies, 'elements').entry).toEqual([
      {
        id: '1',
        changes: [
          {
            field: 'messages',
            value: {
              metadata: { phone_number_id: 'a' },
              messages: [{ id: 'm1' }, { id: 'm2' }],
              contacts: [{ wa_id: '5' }],
              statuses: [{ id: 's1' }],
            },
          },
          { field: 'messages', value: { metadata: { phone_number_id: 'b' }, messages: [{ id: 'm3' }] } },
        ],
      },
      {
        id: '2',
        changes: [
          { field: 'messages', value: { metadata: { phone_number_id: 'c' }, messages: [{ id: 'm4' }] } },
        ],
      },
    ]);
  });

  it('joins no two fields, and no entries of different times', () => {
    const update = body('1', 'a', { event: 'X' }, 'account_update');
    const timed = { ...update, entry: [{ id: '1', time: 5, changes: [] }] };
    expect(batchBodies([...bodies.slice(0, 1), update, timed], 'elements')).toMatchObject({
      entry: [
        { id: '1', changes: [{ field: 'messages' }, { field: 'account_update' }] },
        { id: '1', time: 5 },
      ],
    });
  });
});

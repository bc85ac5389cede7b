import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/adapters/store/sqlite/open-sqlite-store.ts';
import { factsNamed } from '../../src/domain/account-fact.ts';
import { phoneLane } from '../../src/domain/lane.ts';
import { foldLane } from '../../src/flows/inbound/fold-lane.ts';
import { notificationEvent } from '../../src/flows/notification-event.ts';
import { addressOf } from '../../src/whatsapp/compose-message.ts';
import { createEventKeys } from '../../src/whatsapp/event-key.ts';
import { parseWebhook } from '../../src/whatsapp/parse-webhook.ts';
import { testNotification } from '../support/notification.ts';
import { textMessage, webhookOf } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { businessPhoneId } from '../support/test-config.ts';

const lane = phoneLane(businessPhoneId);
const wabaId = '300100300100300';
const start = 1_790_000_000;
const notificationId = 'nt_0123456789abcdef';
const sentMessageId = 'wamid.ours';

type Element =
  | { message: object; contact?: object }
  | { status: object }
  | { preference: object }
  | { account: { field: string; time: number; value: object } };

function written(id: string, seconds: number, sender: object): object {
  return { ...sender, id, timestamp: String(seconds), type: 'text', text: { body: id } };
}

function notice(id: string, seconds: number, from: string, system: object): object {
  return { from, id, timestamp: String(seconds), type: 'system', system };
}

function named(waId: string, name: string): object {
  return { wa_id: waId, profile: { name } };
}

/** Everything that Meta says in this story, each with its own id and time. */
const story: Element[] = [
  ...[0, 1, 2].map(
    (index): Element => ({
      message: textMessage(`wamid.ana-${index}`, '558587654321', `Ana ${index}`, start + index * 60),
      contact: { wa_id: '558587654321', profile: { name: `Ana ${['S.', 'Souza', 'de Souza'][index]}` } },
    }),
  ),
  {
    message: {
      from_user_id: 'BR.bruno1',
      id: 'wamid.bruno',
      timestamp: String(start + 30),
      type: 'text',
      text: { body: 'Hi' },
    },
    contact: { user_id: 'BR.bruno1', profile: { name: 'Bruno Lima' } },
  },
  // Carla writes under her user id, then under her number; one webhook names both, so that she is one person.
  { message: written('wamid.carla-1', start + 40, { from_user_id: 'BR.carla' }) },
  { message: written('wamid.carla-2', start + 50, { from: '5511977770000' }) },
  {
    status: {
      id: 'wamid.to-carla',
      status: 'delivered',
      timestamp: String(start + 55),
      recipient_id: '5511977770000',
      recipient_user_id: 'BR.carla',
      recipient_parent_user_id: 'BR.ENT.carla',
    },
  },
  {
    message: written('wamid.carla-3', start + 60, {
      from_parent_user_id: 'BR.ENT.carla',
      from_user_id: 'BR.carla',
    }),
  },
  // Davi's number comes in both spellings of Brazil.
  {
    message: written('wamid.davi-1', start + 70, { from: '5585988887777' }),
    contact: named('5585988887777', 'Davi'),
  },
  {
    message: written('wamid.davi-2', start + 80, { from: '558588887777' }),
    contact: named('558588887777', 'Davi R.'),
  },
  // Eva changes her number, and writes from both; her user id changes with it.
  { message: written('wamid.eva-1', start + 90, { from: '16505550001', from_user_id: 'US.eva1' }) },
  {
    message: notice('wamid.eva-2', start + 200, '16505550001', {
      type: 'user_changed_number',
      wa_id: '16505550002',
    }),
  },
  {
    message: {
      id: 'wamid.eva-3',
      from_user_id: 'US.eva1',
      timestamp: String(start + 201),
      type: 'system',
      system: { type: 'user_changed_user_id', user_id: 'US.eva2' },
    },
  },
  { message: written('wamid.eva-4', start + 210, { from: '16505550002' }) },
  { message: written('wamid.eva-5', start + 220, { from_user_id: 'US.eva2' }) },
  // Fabio left his number, in its other spelling, before he ever wrote; somebody else writes from it later.
  {
    message: notice('wamid.fabio-1', start + 300, '5521966665555', {
      type: 'user_changed_number',
      wa_id: '447700900001',
    }),
  },
  { message: written('wamid.fabio-2', start + 310, { from: '447700900001' }) },
  {
    message: written('wamid.gil-1', start + 320, { from: '552166665555' }),
    contact: named('552166665555', 'Gil'),
  },
  { message: written('wamid.gil-2', start + 330, { from: '5521966665555' }) },
  ...['sent', 'delivered', 'read', 'failed'].map(
    (status, index): Element => ({
      status: {
        id: sentMessageId,
        status,
        timestamp: String(start + 100 + index),
        recipient_id: '558587654321',
        biz_opaque_callback_data: notificationId,
        pricing: { billable: true, pricing_model: 'PMP', type: 'regular', category: `told-${index}` },
      },
    }),
  ),
  ...['stop', 'resume', 'stop', 'resume'].map(
    (value, index): Element => ({
      preference: {
        wa_id: '558587654321',
        category: 'marketing_messages',
        value,
        // The last two happen in the same second.
        timestamp: start + 200 + Math.min(index, 2),
      },
    }),
  ),
  ...['TIER_10K', 'TIER_2K', 'TIER_250'].map(
    (limit, index): Element => ({
      account: {
        field: 'phone_number_quality_update',
        time: start + 300 + index,
        value: { display_phone_number: '551132100000', event: 'DOWNGRADE', current_limit: limit },
      },
    }),
  ),
];

/** What is left at the end, without ids of our own and without the order of the feed. */
async function stateAfter(batches: Element[][]): Promise<unknown> {
  const store = await openSqliteStore(join(temporaryFolder(), 'recado.db'));
  try {
    const keys = createEventKeys(new Uint8Array(32).fill(7));
    const unknown = testNotification(start * 1000, { id: notificationId, state: 'unknown', attempts: 1 });
    await store.insertNotification({
      notification: unknown,
      event: notificationEvent(unknown),
      idempotency: null,
    });
    for (const elements of batches) {
      const body = new Uint8Array(Buffer.from(JSON.stringify(bodyOf(elements))));
      const events = parseWebhook(body, keys).events.map(({ facts: _, ...event }) => ({
        ...event,
        foreign: false,
      }));
      await store.appendWebhooks([
        { body, secretFingerprint: 'x', receivedAt: (start + 1000) * 1000, events },
      ]);
      await foldAll(store);
    }
    const contacts = await store.listContacts({ after: null, limit: 100, search: null });
    const threads = await Promise.all(
      contacts.map(async ({ conversation }) =>
        conversation === null
          ? []
          : ((await store.listMessages({ conversationId: conversation.id, after: null, limit: 100 })) ?? []),
      ),
    );
    const found = await store.findNotification(notificationId);
    return {
      contacts: contacts
        .map(({ contact, conversation }) => ({
          name: contact.name,
          identifiers: contact.identifiers,
          firstSeenAt: contact.firstSeenAt,
          wroteIn: contact.wroteIn,
          lastInboundAt: conversation?.lastInboundAt,
          address: addressOf({ kind: 'contact', contactId: contact.id }, contact.identifiers),
        }))
        .sort((one, other) => one.firstSeenAt - other.firstSeenAt),
      messages: threads.flatMap((thread) => thread.map(({ messageId }) => messageId)).sort(),
      notification: { state: found?.notification.state, failure: found?.notification.failure },
      statuses: found?.statuses.map(({ name, at }) => [name, at]),
      charge: found?.charge,
      optOuts: contacts.map(({ optOuts }) => optOuts).filter((optOuts) => optOuts.length > 0),
      limits: factsNamed(await store.readAccountFacts(['limit']), 'limit').map(
        ({ content }) => content.limit,
      ),
    };
  } finally {
    await store.close();
  }
}

function bodyOf(elements: Element[]): object {
  return { object: 'whatsapp_business_account', entry: elements.map(entryOf) };
}

function entryOf(element: Element): object {
  if ('account' in element) {
    const { field, time, value } = element.account;
    return { id: wabaId, time, changes: [{ field, value }] };
  }
  const value =
    'message' in element
      ? { messages: [element.message], contacts: element.contact === undefined ? [] : [element.contact] }
      : 'status' in element
        ? { statuses: [element.status] }
        : { user_preferences: [element.preference] };
  return (webhookOf(value) as { entry: object[] }).entry[0] ?? {};
}

async function foldAll(store: Awaited<ReturnType<typeof openSqliteStore>>): Promise<void> {
  const context = { reached: () => {}, settled: () => {} };
  for (const each of [lane, `waba:${wabaId}`] as const) {
    while (await foldLane({ lane: each, number: 0 }, store, context)) {
      // Until the cursor stands at the end.
    }
  }
}

describe('folding', () => {
  it('ends in the same state however the same elements are ordered, repeated, split and merged', async () => {
    const expected = await stateAfter(story.map((element) => [element]));
    expect(expected).toMatchObject({
      contacts: [
        { name: 'Ana de Souza', wroteIn: true, lastInboundAt: (start + 120) * 1000 },
        { name: 'Bruno Lima', identifiers: [{ kind: 'user_id', value: 'BR.bruno1' }] },
        {
          identifiers: [
            { kind: 'parent_user_id', value: 'BR.ENT.carla' },
            { kind: 'user_id', value: 'BR.carla' },
            { kind: 'wa_id', value: '5511977770000' },
          ],
          lastInboundAt: (start + 60) * 1000,
        },
        { name: 'Davi R.', address: { to: '+558588887777' }, lastInboundAt: (start + 80) * 1000 },
        {
          firstSeenAt: (start + 90) * 1000,
          lastInboundAt: (start + 220) * 1000,
          address: { to: '+16505550002' },
          identifiers: [
            { kind: 'user_id', value: 'US.eva1' },
            { kind: 'user_id', value: 'US.eva2' },
            { value: '16505550001', until: (start + 200) * 1000 },
            { value: '16505550002', until: null },
          ],
        },
        { wroteIn: true, name: null, address: { to: '+447700900001' } },
        { name: 'Gil', address: { to: '+5521966665555' }, firstSeenAt: (start + 320) * 1000 },
      ],
      notification: { state: 'read', failure: null },
      charge: { pricing: { category: 'told-0' } },
      optOuts: [[{ purpose: 'marketing', since: (start + 202) * 1000 }]],
      limits: ['TIER_250', 'TIER_2K', 'TIER_10K'],
    });
    const shuffled = fc.shuffledSubarray([...story, ...story], { minLength: story.length * 2 });
    const cuts = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 16, maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(shuffled, cuts, async (elements, sizes) => {
        expect(await stateAfter(cut(elements, sizes))).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  });
});

function cut(elements: Element[], sizes: number[]): Element[][] {
  const batches: Element[][] = [];
  let from = 0;
  for (const size of sizes) {
    if (from >= elements.length) break;
    batches.push(elements.slice(from, from + size));
    from += size;
  }
  return from < elements.length ? [...batches, elements.slice(from)] : batches;
}

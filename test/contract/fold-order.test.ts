import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/adapters/store/sqlite/open-sqlite-store.ts';
import { phoneLane } from '../../src/domain/lane.ts';
import { foldLane } from '../../src/flows/inbound/fold-lane.ts';
import { notificationEvent } from '../../src/flows/notification-event.ts';
import { createEventKeys } from '../../src/whatsapp/event-key.ts';
import { parseWebhook } from '../../src/whatsapp/parse-webhook.ts';
import { testNotification } from '../support/notification.ts';
import { textMessage, webhookOf } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { businessPhoneId } from '../support/test-config.ts';

const lane = phoneLane(businessPhoneId);
const start = 1_790_000_000;
const notificationId = 'nt_0123456789abcdef';
const sentMessageId = 'wamid.ours';

type Element = { message: object; contact?: object } | { status: object };

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
  ...['sent', 'delivered', 'read', 'failed'].map(
    (status, index): Element => ({
      status: {
        id: sentMessageId,
        status,
        timestamp: String(start + 100 + index),
        recipient_id: '558587654321',
        biz_opaque_callback_data: notificationId,
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
    const contacts = await store.listContacts({ after: null, limit: 100 });
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
        }))
        .sort((one, other) => one.firstSeenAt - other.firstSeenAt),
      messages: threads.flatMap((thread) => thread.map(({ messageId }) => messageId)).sort(),
      notification: { state: found?.notification.state, failure: found?.notification.failure },
      statuses: found?.statuses.map(({ name, at }) => [name, at]),
    };
  } finally {
    await store.close();
  }
}

function bodyOf(elements: Element[]): object {
  return {
    object: 'whatsapp_business_account',
    entry: elements.map((element) => {
      const value =
        'message' in element
          ? { messages: [element.message], contacts: element.contact === undefined ? [] : [element.contact] }
          : { statuses: [element.status] };
      return (webhookOf(value) as { entry: object[] }).entry[0];
    }),
  };
}

async function foldAll(store: Awaited<ReturnType<typeof openSqliteStore>>): Promise<void> {
  const context = { reached: () => {}, settled: () => {} };
  while (await foldLane({ lane, number: 0 }, store, context)) {
    // Until the cursor stands at the end.
  }
}

describe('folding', () => {
  it('ends in the same state however the same elements are ordered, repeated, split and merged', async () => {
    const expected = await stateAfter(story.map((element) => [element]));
    expect(expected).toMatchObject({
      contacts: [
        { name: 'Ana de Souza', wroteIn: true, lastInboundAt: (start + 120) * 1000 },
        { name: 'Bruno Lima', identifiers: [{ kind: 'user_id', value: 'BR.bruno1' }] },
      ],
      notification: { state: 'read', failure: null },
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

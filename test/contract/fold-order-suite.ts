import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/adapters/store/store.ts';
import { factsNamed } from '../../src/domain/account-fact.ts';
import { phoneLane } from '../../src/domain/lane.ts';
import { spellingsOfNumber } from '../../src/domain/phone-number.ts';
import { foldLane } from '../../src/flows/inbound/fold-lane.ts';
import { notificationEvent } from '../../src/flows/notification-event.ts';
import { addressOf } from '../../src/whatsapp/compose-message.ts';
import { createEventKeys } from '../../src/whatsapp/event-key.ts';
import { parseWebhook } from '../../src/whatsapp/parse-webhook.ts';
import { testNotification } from '../support/notification.ts';
import { textMessage, webhookOf } from '../support/running-gateway.ts';
import { businessPhoneId } from '../support/test-config.ts';

const lane = phoneLane(businessPhoneId);
const wabaId = '300100300100300';
const start = 1_790_000_000;
const notificationId = 'nt_0123456789abcdef';
const sentMessageId = 'wamid.ours';

type ContactEntry = { wa_id?: string; user_id?: string; profile: { name: string } };

type Element =
  | { message: object; contact?: ContactEntry }
  | { status: object }
  | { preference: object }
  | { call: object; contact?: ContactEntry }
  | { account: { field: string; time: number; value: object } };

function written(id: string, seconds: number, sender: object): object {
  return { ...sender, id, timestamp: String(seconds), type: 'text', text: { body: id } };
}

function notice(id: string, seconds: number, from: string, system: object): object {
  return { from, id, timestamp: String(seconds), type: 'system', system };
}

function named(waId: string, name: string): ContactEntry {
  return { wa_id: waId, profile: { name } };
}

/** A message from a number and a user id, with the entry of this person, who is called by the user id. */
function paired(id: string, seconds: number, waId: string, userId: string): Element {
  return {
    message: written(id, seconds, { from: waId, from_user_id: userId }),
    contact: { wa_id: waId, user_id: userId, profile: { name: userId } },
  };
}

function call(id: string, seconds: number, more: object): object {
  return { id, timestamp: String(seconds), ...more };
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
  // Hugo's number is Ines's later, without a word from WhatsApp; Hugo goes on under his user id alone.
  paired('wamid.hugo-1', start + 400, '447700900100', 'GB.hugo'),
  paired('wamid.hugo-2', start + 430, '447700900100', 'GB.hugo'),
  paired('wamid.ines-1', start + 500, '447700900100', 'GB.ines'),
  {
    status: {
      id: 'wamid.to-ines',
      status: 'delivered',
      timestamp: String(start + 490),
      recipient_id: '447700900100',
      recipient_user_id: 'GB.ines',
    },
  },
  { message: written('wamid.ines-2', start + 520, { from_user_id: 'GB.ines' }) },
  { message: written('wamid.hugo-3', start + 600, { from_user_id: 'GB.hugo' }) },
  // The same in two spellings of Brazil.
  paired('wamid.joao', start + 410, '558587776666', 'BR.joao'),
  paired('wamid.katia', start + 510, '5585987776666', 'BR.katia'),
  // Two get a number in one second, and who had it before them has it again.
  paired('wamid.otto-1', start + 420, '447700900200', 'GB.otto'),
  paired('wamid.pia', start + 421, '447700900200', 'GB.pia'),
  paired('wamid.rui', start + 421, '447700900200', 'GB.rui'),
  paired('wamid.otto-2', start + 422, '447700900200', 'GB.otto'),
  // Nora's user id changes, and her number stays.
  paired('wamid.nora-1', start + 425, '447700900300', 'GB.nora1'),
  {
    message: {
      id: 'wamid.nora-2',
      from_user_id: 'GB.nora1',
      timestamp: String(start + 426),
      type: 'system',
      system: { type: 'user_changed_user_id', user_id: 'GB.nora2' },
    },
  },
  paired('wamid.nora-3', start + 427, '447700900300', 'GB.nora2'),
  // A landline and a mobile of Argentina.
  {
    message: written('wamid.landline', start + 430, { from: '541143210000' }),
    contact: named('541143210000', 'Landline'),
  },
  {
    message: written('wamid.mobile', start + 435, { from: '5491143210000' }),
    contact: named('5491143210000', 'Mobile'),
  },
  // An entry that names nobody in the webhook.
  {
    message: written('wamid.stray', start + 440, { from: '16505550008' }),
    contact: named('16505550009', 'Nobody'),
  },
  // Lia calls, for a minute; Max is called, and does not pick up.
  {
    call: call('wacid.lia', start + 450, {
      event: 'connect',
      direction: 'USER_INITIATED',
      from: '447700900400',
      to: '551132100000',
    }),
    contact: { wa_id: '447700900400', user_id: 'GB.lia', profile: { name: 'Lia' } },
  },
  {
    call: call('wacid.lia', start + 515, {
      event: 'terminate',
      direction: 'USER_INITIATED',
      from: '447700900400',
      to: '551132100000',
      start_time: String(start + 455),
      end_time: String(start + 515),
    }),
  },
  {
    call: call('wacid.max', start + 460, {
      event: 'terminate',
      direction: 'BUSINESS_INITIATED',
      from: '551132100000',
      to: '447700900500',
    }),
  },
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
async function stateAfter(store: Store, batches: Element[][], inOneValue: boolean) {
  try {
    const keys = createEventKeys(new Uint8Array(32).fill(7));
    const unknown = testNotification(start * 1000, { id: notificationId, state: 'unknown', attempts: 1 });
    await store.insertNotification({
      notification: unknown,
      event: notificationEvent(unknown),
      idempotency: null,
    });
    for (const elements of batches) {
      const body = new Uint8Array(Buffer.from(JSON.stringify(bodyOf(elements, inOneValue))));
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
        .map(({ contact, conversation }, index) => ({
          name: contact.name,
          identifiers: contact.identifiers.map(({ kind, value, until }) => ({ kind, value, until })),
          firstSeenAt: contact.firstSeenAt,
          wroteIn: contact.wroteIn,
          lastInboundAt: conversation?.lastInboundAt,
          address: addressOf({ kind: 'contact', contactId: contact.id }, contact.identifiers),
          messages: threads[index]?.map(({ messageId }) => messageId).toSorted(),
        }))
        .sort(
          (one, other) =>
            one.firstSeenAt - other.firstSeenAt || ((one.name ?? '') < (other.name ?? '') ? -1 : 1),
        ),
      notification: { state: found?.notification.state, failure: found?.notification.failure },
      statuses: found?.statuses.map(({ name, at }) => [name, at]),
      charge: found?.charge,
      optOuts: contacts.map(({ optOuts }) => optOuts).filter((optOuts) => optOuts.length > 0),
      limits: factsNamed(await store.readAccountFacts(['limit']), 'limit').map(
        ({ content }) => content.limit,
      ),
    };
  } finally {
    // Before the end of the test: a property opens many.
    await store.close();
  }
}

/** Each element as an entry of its own, or as many as possible in one value with all their contacts. */
function bodyOf(elements: Element[], inOneValue: boolean): object {
  const values = inOneValue ? packed(elements) : elements.map((element) => [element]);
  return { object: 'whatsapp_business_account', entry: values.map(entryOf) };
}

/** In one value a person has one entry, for all that is theirs: what stands beside another one goes elsewhere. */
function packed(elements: Element[]): Element[][] {
  const values: Element[][] = [];
  for (const element of elements) {
    const fitting = values.find((value) => value.every((other) => mayStandTogether(element, other)));
    if (fitting === undefined) values.push([element]);
    else fitting.push(element);
  }
  return values;
}

function mayStandTogether(one: Element, other: Element): boolean {
  if ('account' in one || 'account' in other || 'call' in one !== 'call' in other) return false;
  const names = namesIn(one);
  if (!namesIn(other).some((name) => names.includes(name))) return true;
  const [entry, otherEntry] = [one, other].map((each) => ('contact' in each ? each.contact : undefined));
  return JSON.stringify(entry) === JSON.stringify(otherEntry);
}

/** Every number, in all spellings, and every user id that stands in an element. */
function namesIn(element: Element): string[] {
  const named = /"(?:from|wa_id|recipient_id|\w*user_id)":"([^"]+)"/g;
  return [...JSON.stringify(element).matchAll(named)].flatMap(([, name = '']) => spellingsOfNumber(name));
}

function entryOf(elements: Element[]): object {
  const [first] = elements;
  if (first !== undefined && 'account' in first) {
    const { field, time, value } = first.account;
    return { id: wabaId, time, changes: [{ field, value }] };
  }
  const contacts = elements.flatMap((element) => ('contact' in element ? (element.contact ?? []) : []));
  const value = {
    messages: elements.flatMap((element) => ('message' in element ? [element.message] : [])),
    statuses: elements.flatMap((element) => ('status' in element ? [element.status] : [])),
    user_preferences: elements.flatMap((element) => ('preference' in element ? [element.preference] : [])),
    calls: elements.flatMap((element) => ('call' in element ? [element.call] : [])),
    contacts: [...new Map(contacts.map((contact) => [JSON.stringify(contact), contact])).values()],
  };
  return (webhookOf(value) as { entry: object[] }).entry[0] ?? {};
}

async function foldAll(store: Store): Promise<void> {
  const context = { reached: () => {}, settled: () => {} };
  for (const each of [lane, `waba:${wabaId}`] as const) {
    while (await foldLane({ lane: each, number: 0 }, store, context)) {
      // Until the cursor stands at the end.
    }
  }
}

/** Ana's number is Zed's later; some messages bear the number alone, in either spelling. */
const passedOn: Element[] = [
  { message: written('wamid.alone-1', start, { from: '5585987651111' }) },
  paired('wamid.ana-1', start + 10, '558587651111', 'BR.ana'),
  { message: written('wamid.alone-2', start + 15, { from: '558587651111' }) },
  paired('wamid.zed-1', start + 20, '5585987651111', 'BR.zed'),
  { message: written('wamid.alone-3', start + 30, { from: '558587651111' }) },
  { message: written('wamid.alone-4', start + 35, { from: '5585987651111' }) },
  { message: written('wamid.ana-2', start + 40, { from_user_id: 'BR.ana' }) },
];

/**
 * Folding on every engine ends in the same state, in whatever order things come.
 *
 * @param orders how many of them a run tries
 */
export function foldOrderContract(engine: string, open: () => Promise<Store>, orders: number): void {
  describe(`folding in any order on ${engine}`, () => {
    it('ends in the same state however the same elements are ordered, repeated, split and merged', async () => {
      const expected = await stateAfter(
        await open(),
        story.map((element) => [element]),
        false,
      );
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
          {
            name: 'GB.hugo',
            address: { recipient: 'GB.hugo' },
            identifiers: [{ value: 'GB.hugo' }, { value: '447700900100', until: (start + 490) * 1000 - 1 }],
            lastInboundAt: (start + 600) * 1000,
          },
          {
            name: 'BR.joao',
            address: { recipient: 'BR.joao' },
            identifiers: [{ value: 'BR.joao' }, { value: '558587776666', until: (start + 510) * 1000 - 1 }],
          },
          { name: 'GB.otto', address: { to: '+447700900200' } },
          { name: 'GB.pia', address: { recipient: 'GB.pia' } },
          { name: 'GB.rui', address: { recipient: 'GB.rui' } },
          {
            name: 'GB.nora2',
            identifiers: [
              { value: 'GB.nora1' },
              { value: 'GB.nora2' },
              { value: '447700900300', until: null },
            ],
            messages: ['wamid.nora-1', 'wamid.nora-2', 'wamid.nora-3'],
          },
          { name: 'Landline', address: { to: '+541143210000' }, messages: ['wamid.landline'] },
          { name: 'Mobile', address: { to: '+5491143210000' }, messages: ['wamid.mobile'] },
          { name: null, identifiers: [{ value: '16505550008' }] },
          { name: 'Lia', wroteIn: true, lastInboundAt: (start + 455) * 1000, messages: [] },
          { name: 'GB.ines', address: { to: '+447700900100' }, lastInboundAt: (start + 520) * 1000 },
          { name: 'BR.katia', address: { to: '+5585987776666' } },
        ],
        notification: { state: 'read', failure: null },
        charge: { pricing: { category: 'told-0' } },
        optOuts: [[{ purpose: 'marketing', since: (start + 202) * 1000 }]],
        limits: ['TIER_250', 'TIER_2K', 'TIER_10K'],
      });
      const shuffled = fc.shuffledSubarray([...story, ...story], { minLength: story.length * 2 });
      const cuts = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 16, maxLength: 16 });
      await fc.assert(
        fc.asyncProperty(shuffled, cuts, fc.boolean(), async (elements, sizes, inOneValue) => {
          expect(await stateAfter(await open(), cut(elements, sizes), inOneValue)).toEqual(expected);
        }),
        { numRuns: orders },
      );
    });
  });

  describe(`a number that passed on, on ${engine}`, () => {
    it('reaches nobody but its last holder, in whatever order things come', async () => {
      const shuffled = fc.shuffledSubarray(passedOn, { minLength: passedOn.length });
      await fc.assert(
        fc.asyncProperty(shuffled, async (elements) => {
          const { contacts } = await stateAfter(await open(), cut(elements, [1, 1, 1, 1, 1, 1]), false);
          const [ana, zed, ...others] = ['BR.ana', 'BR.zed'].map((userId) =>
            contacts.filter(({ identifiers }) => identifiers.some(({ value }) => value === userId)),
          );
          expect(others).toEqual([]);
          expect(ana).toHaveLength(1);
          expect(zed).toHaveLength(1);
          expect(ana).not.toEqual(zed);
          expect(ana?.[0]).toMatchObject({ name: 'BR.ana', address: { recipient: 'BR.ana' } });
          expect(ana?.[0]?.messages).toEqual(expect.arrayContaining(['wamid.ana-1', 'wamid.ana-2']));
          expect(zed?.[0]).toMatchObject({
            name: 'BR.zed',
            address: { to: expect.stringMatching(/^\+5585/) },
          });
          expect(zed?.[0]?.messages).toContain('wamid.zed-1');
        }),
        { numRuns: orders / 2 },
      );
    });
  });
}

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

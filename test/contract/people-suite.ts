import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/adapters/store/store.ts';
import type { Command } from '../../src/domain/command.ts';
import { type Lane, phoneLane } from '../../src/domain/lane.ts';
import type { Identifier } from '../../src/domain/person.ts';
import { obeyCommands } from '../../src/flows/commands/obey.ts';
import { foldLane } from '../../src/flows/inbound/fold-lane.ts';
import { createEventKeys } from '../../src/whatsapp/event-key.ts';
import { parseWebhook } from '../../src/whatsapp/parse-webhook.ts';
import { webhookOf } from '../support/running-gateway.ts';
import { businessPhoneId } from '../support/test-config.ts';

const lane = phoneLane(businessPhoneId);
const fence = { lane, number: 0 };
const seconds = 1_790_000_000;
const actor = { id: 'ak_0000000000000001', name: 'Django' };
const clock = { now: () => (seconds + 500) * 1000 };

/** What every engine must do about who is who. */
export function peopleContract(engine: string, open: () => Promise<Store>): void {
  async function hear(store: Store, ...senders: object[]): Promise<void> {
    const messages = senders.map((sender, index) => ({
      id: `wamid.${JSON.stringify(sender)}`,
      timestamp: String(seconds + index),
      type: 'text',
      text: { body: 'Hi' },
      ...sender,
    }));
    const body = new Uint8Array(Buffer.from(JSON.stringify(webhookOf({ messages }))));
    const events = parseWebhook(body, createEventKeys(store.installationKey)).events;
    await store.appendWebhooks([
      {
        body,
        secretFingerprint: 'abcd1234',
        receivedAt: (seconds + 100) * 1000,
        events: events.map(({ facts: _, ...event }) => ({ ...event, foreign: false })),
      },
    ]);
    await foldLane(fence, store, { reached: () => {}, settled: () => {} });
  }

  function command(number: number, request: Command['request'], givenTo: Lane = lane): Command {
    const id = `cm_${String(number).padStart(16, '0')}`;
    return { id, lane: givenTo, request, actor, createdAt: clock.now(), appliedAt: null, result: null };
  }

  /** Ana by number, then by user id, then by both; Bruno beside her. */
  async function merged() {
    const store = await open();
    await hear(
      store,
      { from: '16505550001' },
      { from_user_id: 'US.ana' },
      { from: '16505550001', from_user_id: 'US.ana' },
      { from: '16505550009' },
    );
    const [ana, bruno] = await store.listContacts({ after: null, limit: 10, search: null });
    const contactId = ana?.contact.id ?? '';
    const [merge] = await store.listMerges({ contactId, after: null, limit: 10 });
    return { store, ana, bruno, merge, mergeId: merge?.id ?? '' };
  }

  const find = async (store: Store, ...identifiers: Identifier[]) =>
    (await store.findRecipient(lane, null, identifiers))?.contact.id ?? null;

  describe(`people on ${engine}`, () => {
    it('that turned out to be one are listed once, and found by each of their ids and names', async () => {
      const { store, ana, bruno, merge } = await merged();
      expect(await store.listContacts({ after: null, limit: 10, search: null })).toHaveLength(2);
      expect(await store.listContacts({ after: ana?.contact.id ?? '', limit: 10, search: null })).toEqual([
        bruno,
      ]);
      const search = (text: string) => store.listContacts({ after: null, limit: 10, search: text });
      expect(await search('us.ANA')).toEqual([ana]);
      expect(await search('+1 (650) 555-0001')).toEqual([ana]);
      expect(await search('5550009')).toEqual([bruno]);
      expect(await search('nobody')).toEqual([]);
      expect(await store.findContact(merge?.merged ?? '')).toEqual(ana);
      expect(ana?.mergedFrom).toEqual([merge?.merged]);
      expect(await find(store, { kind: 'user_id', value: 'US.ana' })).toBe(ana?.contact.id);
      expect(await find(store, { kind: 'wa_id', value: '16505550001' })).toBe(ana?.contact.id);
      expect((await store.findRecipient(lane, merge?.merged ?? '', []))?.contact).toEqual(ana?.contact);
      const conversations = await store.listConversations({ after: null, limit: 10 });
      expect(conversations).toHaveLength(2);
      const conversationId = ana?.conversation?.id ?? '';
      const latest = await store.listLatestConversations({ after: null, limit: 10 });
      expect(latest.toReversed()).toEqual(
        conversations.toSorted(
          (one, other) => one.conversation.lastMessageAt - other.conversation.lastMessageAt,
        ),
      );
      const thread = await store.listMessages({ conversationId, after: null, limit: 2 });
      const rest = await store.listMessages({ conversationId, after: thread?.[1]?.position ?? 0, limit: 2 });
      expect([thread?.length, rest?.length]).toEqual([2, 1]);
    });

    it('of another lane are not found, however alike their names', async () => {
      const { store, merge } = await merged();
      const other = phoneLane('200100200100299');
      expect(await store.findRecipient(other, merge?.survivor ?? '', [])).toBeNull();
      expect(await store.findRecipient(other, null, [{ kind: 'wa_id', value: '16505550001' }])).toBeNull();
    });

    it('who have a number one after the other are two, found by it now and at their time', async () => {
      const store = await open();
      const number: Identifier = { kind: 'wa_id', value: '16505550001' };
      await hear(store, { from: number.value, from_user_id: 'US.ana', id: 'wamid.1' });
      await hear(store, {
        from: number.value,
        from_user_id: 'US.zed',
        id: 'wamid.2',
        timestamp: `${seconds + 50}`,
      });
      await hear(
        store,
        { from: number.value, id: 'wamid.3' },
        { from: number.value, id: 'wamid.4', timestamp: `${seconds + 60}` },
      );
      const [ana, zed, ...others] = await store.listContacts({ after: null, limit: 10, search: null });
      expect(others).toEqual([]);
      const end = (seconds + 50) * 1000 - 1;
      expect(ana?.contact.identifiers).toMatchObject([
        { value: 'US.ana', until: null },
        { ...number, until: end, passedOn: true },
      ]);
      expect(zed?.contact.identifiers).toMatchObject([{ value: 'US.zed' }, { ...number, until: null }]);
      expect(ana?.conversation?.lastInboundAt).toBe(seconds * 1000);
      expect(zed?.conversation?.lastInboundAt).toBe((seconds + 60) * 1000);
      expect(await find(store, number)).toBe(zed?.contact.id);
      // The last word on the number is that it is Ana's again.
      await hear(store, {
        from: number.value,
        from_user_id: 'US.ana',
        id: 'wamid.5',
        timestamp: `${seconds + 70}`,
      });
      expect(await find(store, number)).toBe(ana?.contact.id);
      expect((await store.findContact(zed?.contact.id ?? ''))?.contact.identifiers).toMatchObject([
        { value: 'US.zed' },
        { ...number, until: (seconds + 50) * 1000 },
      ]);
    });

    it('are found at the very spelling before the other one', async () => {
      const { store } = await merged();
      await hear(store, { from: '558587654321' }, { from: '5585987654321' });
      const view = (await store.listContacts({ after: null, limit: 10, search: null }))[2];
      const [spelled] = await store.listMerges({
        contactId: view?.contact.id ?? '',
        after: null,
        limit: 10,
      });
      expect(spelled?.evidence.kind).toBe('spelling');
      await store.insertCommand(command(1, { kind: 'undo-merge', mergeId: spelled?.id ?? '' }));
      await obeyCommands(fence, store, { clock, applied: () => {}, settled: () => {} });
      const variants: Identifier[] = [
        { kind: 'wa_id', value: '5585987654321' },
        { kind: 'wa_id', value: '558587654321' },
      ];
      expect(await find(store, ...variants)).toBe(spelled?.merged);
      expect(await find(store, ...variants.toReversed())).toBe(spelled?.survivor);
      expect(await find(store, { kind: 'wa_id', value: '558587654321' })).toBe(spelled?.survivor);
    });
  });

  describe(`commands on ${engine}`, () => {
    it('wait for the owner of their lane, and are applied in order with what they change', async () => {
      const { store, ana, merge, mergeId } = await merged();
      expect((await store.readWork(0, 0)).filter(({ obey }) => obey)).toEqual([]);
      const requests = [
        command(3, { kind: 'undo-merge', mergeId }),
        command(2, { kind: 'undo-merge', mergeId }),
        command(1, { kind: 'redo-merge', mergeId }),
        command(4, { kind: 'undo-merge', mergeId: 'mg_nobody0000000000' }),
      ];
      for (const one of requests) await store.insertCommand(one);
      expect((await store.readWork(0, 0)).filter(({ obey }) => obey).map((work) => work.lane)).toEqual([
        lane,
      ]);
      expect((await store.readCommands(lane, 10)).commands).toEqual(requests);
      expect(await store.findCommand('cm_0000000000000003')).toEqual(requests[0]);
      expect(await store.findCommand('cm_0000000000000009')).toBeNull();

      const applied: Command[] = [];
      expect(
        await obeyCommands(fence, store, { clock, applied: (one) => applied.push(one), settled: () => {} }),
      ).toBe(true);
      expect(applied.map(({ id, result }) => [id.at(-1), result?.outcome])).toEqual([
        ['3', 'done'],
        ['2', 'unchanged'],
        ['1', 'done'],
        ['4', 'unchanged'],
      ]);
      expect(await store.findCommand('cm_0000000000000003')).toEqual(applied[0]);
      expect(await store.findContact(merge?.merged ?? '')).toEqual(ana);
      expect((await store.listAudit({ after: 0, limit: 10 })).map(({ action }) => action)).toEqual([
        'contact.merge-undone',
        'contact.merge-redone',
      ]);
      expect(await obeyCommands(fence, store, { clock, applied: () => {}, settled: () => {} })).toBe(false);
    });

    it('that are lost with their transaction change nothing and still wait', async () => {
      const { store, ana, merge, mergeId } = await merged();
      await store.insertCommand(command(1, { kind: 'undo-merge', mergeId }));
      const lost = { ...store, commitLane: () => Promise.reject(new Error('disk gone')) };
      await expect(
        obeyCommands(fence, lost, { clock, applied: () => {}, settled: () => {} }),
      ).rejects.toThrow('disk gone');
      expect(await store.findContact(merge?.merged ?? '')).toEqual(ana);
      expect((await store.readCommands(lane, 10)).commands).toHaveLength(1);
    });
  });
}

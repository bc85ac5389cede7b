import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { hear, lane, receivedAt } from '../../../test/contract/hear.ts';
import { testNotification } from '../../../test/support/notification.ts';
import { textMessage, webhookOf } from '../../../test/support/running-gateway.ts';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { openSqliteStore } from '../../adapters/store/sqlite/open-sqlite-store.ts';
import type { Store } from '../../adapters/store/store.ts';
import type { Notification } from '../../domain/notification.ts';
import type { NotificationContent } from '../../domain/notification-content.ts';
import { defaultBehaviour } from '../../domain/settings.ts';
import { notificationEvent } from '../notification-event.ts';
import { createLanePaces } from './lane-pace.ts';
import { createSendDue, type SendDue, type SendStore } from './send-due.ts';
import { settleAttempts } from './settle-attempts.ts';

const fence = { lane, number: 0 };
const now = receivedAt + 60_000;
const template: NotificationContent = {
  type: 'template',
  name: 'hello_world',
  language: 'en_US',
  components: [],
};

/** A lane's sending on a real store, to which a test may do something on the way; Meta accepts everything. */
async function sendingOn(trouble: (store: Store) => Partial<SendStore> = () => ({})) {
  const store = await openSqliteStore(join(temporaryFolder(), 'recado.db'));
  onTestFinished(() => store.close());
  const laneStore = { ...store, ...trouble(store) };
  const clock = { now: () => now };
  const senderOf = () =>
    ({ ready: true, phoneNumberId: '200100200100200', accessToken: 'EAAtests' }) as const;
  const throughputs = { of: () => 80, usedUp: () => {} };
  const sent: unknown[] = [];
  const answers: (() => void)[] = [];
  const state = { templatesReadable: true, holdAnswers: false };
  const sending: SendDue = createSendDue({
    store: laneStore,
    async sendMessage({ message }) {
      sent.push(message['biz_opaque_callback_data']);
      if (state.holdAnswers) await new Promise<void>((resolve) => answers.push(resolve));
      const messageId = `wamid.${sent.length}`;
      return {
        outcome: 'accepted',
        messageId,
        metaHold: false,
        waId: '558587654321',
        userId: null,
        input: null,
      };
    },
    senderOf,
    permitted: () => true,
    behaviour: () => defaultBehaviour,
    owns: () => true,
    paces: createLanePaces({
      store,
      clock,
      throughputs,
      senderOf,
      accountOf: () => null,
      openFailure: () => null,
    }),
    async lookUpTemplate() {
      if (!state.templatesReadable) throw new Error('The database went away.');
      return { known: false };
    },
    clock,
    reached: () => {},
    resume: () => {},
    recorded: () => {},
    recordFailed: () => {},
  });
  onTestFinished(() => sending.stop());

  async function take(changes: Partial<Notification>, after = 0): Promise<string> {
    const at = receivedAt + after;
    const asked = testNotification(at, { notAfter: now + 60_000, ...changes });
    await store.insertNotification({
      notification: asked,
      event: notificationEvent(asked),
      idempotency: null,
    });
    return asked.id;
  }
  const settle = () => settleAttempts(fence, store, { clock, jitter: () => 0, settled: () => {} });
  return { store, sending, sent, answers, state, take, settle };
}

const someoneWrites = () =>
  webhookOf({ messages: [textMessage('wamid.hi', '558587654321', 'Hi', now / 1000)] });

it('lets nobody wait for ever when the database goes away while the next message is looked at', async () => {
  // The first message's person stayed marked as busy, though nothing was sent: nobody wrote to them again.
  const { store, sending, sent, state, take } = await sendingOn();
  await hear(store, someoneWrites());
  const first = await take({});
  const second = await take({
    party: 'other',
    recipient: { kind: 'number', digits: '5511987654321' },
    content: template,
  });
  state.templatesReadable = false;
  await expect(sending.send(fence)).rejects.toThrow('The database went away.');
  expect(sent).toEqual([]);
  state.templatesReadable = true;
  expect(await sending.send(fence)).toBe(true);
  await sending.idle();
  expect(sent).toEqual([first, second]);
});

it('writes to a person in the order of asking, also when they became known in between', async () => {
  // What was asked before they wrote waited under their number, and what came after under their contact: two queues.
  const { store, sending, sent, answers, state, take, settle } = await sendingOn();
  const asked = [];
  for (const index of [1, 2, 3]) asked.push(await take({ content: template }, index));
  await hear(store, someoneWrites());
  const contactId = (await store.findRecipient(lane, null, [{ kind: 'wa_id', value: '558587654321' }]))
    ?.contact.id;
  asked.push(await take({ contactId: contactId ?? null, party: contactId ?? '' }, 4));
  state.holdAnswers = true;
  for (const _ of asked) {
    await sending.send(fence);
    expect(answers).toHaveLength(1);
    // One is on its way: nothing else is due, in whichever queue it stands.
    const due = await store.readDue(lane, now, { limit: 10, bulk: true });
    expect(due.notifications.map(({ party }) => party)).not.toContain(contactId);
    answers.pop()?.();
    await sending.idle();
    // Whoever looks before the answer is settled must find nobody's turn.
    await settle();
  }
  expect(sent).toEqual(asked);
});

it.each([
  ['had', true],
  ['had not', false],
])('sends once when the database goes away in a commit and %s marked the message', async (_, marked) => {
  // It stayed `sending` for as long as the process owned the lane, and held up its person.
  const trouble = { left: 1 };
  const { store, sending, sent, take, settle } = await sendingOn((real) => ({
    async commitLane(commit) {
      if (trouble.left === 0) return real.commitLane(commit);
      trouble.left -= 1;
      if (marked) await real.commitLane(commit);
      throw new Error('Connection terminated unexpectedly.');
    },
  }));
  await hear(store, someoneWrites());
  const id = await take({});
  await expect(sending.send(fence)).rejects.toThrow('Connection terminated');
  await sending.idle();
  await settle();
  const found = await store.findNotification(id);
  expect(found?.notification).toMatchObject({ state: 'queued', attempts: marked ? 1 : 0 });
  expect(found?.attempts.map(({ result }) => result.outcome)).toEqual(marked ? ['not-sent'] : []);
  expect(sent).toEqual([]);
});

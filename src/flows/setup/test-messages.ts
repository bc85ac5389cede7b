import { randomInt } from 'node:crypto';
import type { Event, EventKind } from '../../domain/event.ts';
import type { Failure } from '../../domain/failure.ts';
import { isJsonObject, type Json } from '../../domain/json.ts';
import type { NotificationStory } from '../../domain/views.ts';
import type { TakeNotification } from '../outbound/take-contract.ts';

/** A message with a code that a person sends, and the reply to it, by the business phone. */
export type TestMessages = {
  /** Looks for the message in the feed; the first look makes the code. When it has come, the reply is on its way. */
  look(phoneId: string): Promise<{
    code: string;
    /** `foreignTo`: the business phone at which it came instead, which is not ours. */
    arrived: { at: number; foreignTo: string | null } | null;
  }>;
  /** What became of the reply; null before there is one. */
  reply(phoneId: string): Promise<{
    code: string;
    reply: Reply | null;
  }>;
};

/** `failure`: why it will not arrive; null while it may. */
type Reply = { state: string; delivered: boolean; failure: FailureOfReply | null };
type FailureOfReply = Pick<Failure, 'code' | 'metaCode'>;

type Arrival = { at: number; foreignTo: string | null; from: string | null };
/** A reply that Recado took, by its notification's id, or refused even to take. */
type AskedReply = { id: string } | { refused: FailureOfReply };
type Test = { code: string; after: number; arrival: Arrival | null; reply: AskedReply | null };

const PAGE = 200;

/** Between two looks no more than this comes in that a person waits for. */
const MOST_PAGES = 20;

/** Makes the test messages of a process. Codes are random, so that nobody's message is one by chance. */
export function createTestMessages(options: {
  store: {
    lastPosition(): Promise<number>;
    listEvents(query: { after: number; kinds: EventKind[]; limit: number }): Promise<Event[]>;
    findNotification(id: string): Promise<NotificationStory | null>;
  };
  takeNotification: TakeNotification;
}): TestMessages {
  const { store, takeNotification } = options;
  const tests = new Map<string, Promise<Test>>();

  function testOf(phoneId: string): Promise<Test> {
    const known = tests.get(phoneId) ?? newTest();
    tests.set(phoneId, known);
    return known;
  }

  async function newTest(): Promise<Test> {
    const after = await store.lastPosition();
    return { code: `RECADO-${randomInt(1000, 10_000)}`, after, arrival: null, reply: null };
  }

  /** Reads on in the feed. What came at another number counts until it comes at the right one. */
  async function readOn(test: Test, phoneId: string): Promise<void> {
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const events = await store.listEvents({ after: test.after, kinds: ['message'], limit: PAGE });
      for (const event of events) {
        if (!textOf(event.payload).toUpperCase().includes(test.code)) continue;
        const foreignTo = event.foreign ? event.businessPhoneId : null;
        if (!event.foreign && event.businessPhoneId !== phoneId) continue;
        if (foreignTo !== null && test.arrival !== null) continue;
        test.arrival = { at: event.receivedAt, foreignTo, from: senderOf(event.payload) };
        test.reply = null;
      }
      const last = events.at(-1);
      if (last !== undefined) test.after = last.position;
      if (events.length < PAGE) return;
    }
  }

  async function sendReply(test: Test, phoneId: string): Promise<void> {
    const { arrival, code } = test;
    if (arrival === null || arrival.foreignTo !== null || arrival.from === null || test.reply !== null)
      return;
    const taken = await takeNotification({
      to: arrival.from,
      content: { type: 'text', body: `${code} ✓ Recado`, previewUrl: false },
      fallback: null,
      onClosedWindow: 'fail',
      purpose: 'transactional',
      notBefore: null,
      notAfter: null,
      businessPhoneId: phoneId,
      reference: 'recado doctor',
      idempotency: { scope: 'recado doctor', key: `${phoneId} ${code} ${arrival.at}` },
    });
    if ('notification' in taken) test.reply = { id: taken.notification.id };
    if (taken.outcome === 'invalid') test.reply = { refused: taken.failure };
  }

  async function replyOf({ reply }: Test): Promise<Reply | null> {
    if (reply === null) return null;
    if ('refused' in reply) return { state: 'refused', delivered: false, failure: reply.refused };
    const story = await store.findNotification(reply.id);
    if (story === null) return null;
    const { state, failure } = story.notification;
    const failed = state === 'failed' || state === 'expired';
    return { state, delivered: state === 'delivered' || state === 'read', failure: failed ? failure : null };
  }

  return {
    async look(phoneId) {
      const test = await testOf(phoneId);
      // Once the reply has failed, and why is cured, the message may be sent again.
      const again = (await replyOf(test))?.failure ?? null;
      if (test.arrival === null || test.arrival.foreignTo !== null || again !== null) {
        await readOn(test, phoneId);
      }
      await sendReply(test, phoneId);
      const { code, arrival } = test;
      return { code, arrived: arrival };
    },
    async reply(phoneId) {
      const test = await testOf(phoneId);
      return { code: test.code, reply: await replyOf(test) };
    },
  };
}

function textOf(payload: Json): string {
  const text = isJsonObject(payload) ? payload['text'] : null;
  return isJsonObject(text ?? null) && isJsonObject(text) && typeof text['body'] === 'string'
    ? text['body']
    : '';
}

/** Whom to reply to: the number with its plus sign, or the user id of somebody who hides it. */
function senderOf(payload: Json): string | null {
  if (!isJsonObject(payload)) return null;
  const { from, from_user_id: userId } = payload;
  if (typeof from === 'string' && from !== '') return /^\d+$/.test(from) ? `+${from}` : from;
  return typeof userId === 'string' && userId !== '' ? userId : null;
}

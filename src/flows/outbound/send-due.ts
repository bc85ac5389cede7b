import { admit } from '../../domain/admission.ts';
import type { Contact } from '../../domain/contact.ts';
import { windowAt } from '../../domain/conversation.ts';
import { type FailureCode, failureOf } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Attempt, AttemptOutcome, Notification } from '../../domain/notification.ts';
import type { OptOut } from '../../domain/opt-out.ts';
import { identifiersOf, type Recipient } from '../../domain/recipient.ts';
import { addressOf, composeMessage } from '../../whatsapp/compose-message.ts';
import { mistakenMember } from '../../whatsapp/outgoing-body.ts';
import type { Reached } from '../crash-points.ts';
import type { LaneCommit } from '../inbound/fold-lane.ts';
import { draftOf, type LaneDraft } from '../lane-draft.ts';
import type { Fence, LaneState } from '../lane-state.ts';
import { optOutOf, type PreferenceStore } from './opt-out-of.ts';

/** What sending asks of the store. */
export type SendStore = {
  /** Queued notifications whose time has come, oldest first, with their contacts and conversations. */
  readDue(lane: Lane, now: number, limit: number): Promise<LaneState>;
  commitLane(commit: LaneCommit): Promise<void>;
  /** Keeps the result of a try; a second result of the same try changes nothing. Never refused. */
  recordAttempt(lane: Lane, attempt: Attempt): Promise<void>;
} & PreferenceStore;

/** What sending asks of Meta. Never throws: every ending is an outcome. */
export type SendMessage = (request: {
  phoneNumberId: string;
  accessToken: string;
  message: JsonObject;
}) => Promise<AttemptOutcome>;

/** Whether, and as whom, a lane can send. */
export type Sender =
  | { ready: true; phoneNumberId: string; accessToken: string }
  | { ready: false; failure: FailureCode };

/** Sends what is due and remembers what is on its way. */
export type SendDue = {
  /** Marks due notifications as `sending` and hands them to Meta. True when it changed anything. */
  send(fence: Fence): Promise<boolean>;
  /** Resolves once nothing is on its way; of one lane when it is given. */
  idle(lane?: Lane): Promise<void>;
  /** Starts nothing more, and waits for what is on its way; a result that cannot be kept is given up. */
  stop(): Promise<void>;
  inFlight(): number;
};

/** How many sends may be on their way at once: at 80 ms an answer enough for 800 a second. */
const MAX_IN_FLIGHT = 64;
const RECORD_RETRY_AFTER = 1_000;

type Due = {
  notification: Notification;
  contact: Contact | null;
  /** The contact with all others that are the same person. */
  person: Contact | null;
  optOut: OptOut | null;
};

type Launch = { notification: Notification; message: JsonObject; party: string };

/** Makes the sending step of the lanes' owner. */
export function createSendDue(options: {
  store: SendStore;
  sendMessage: SendMessage;
  senderOf(lane: Lane): Sender;
  permitted(recipient: Recipient, contact: Contact | null): boolean;
  /** Whether the lane is still in this process's hands. */
  owns(fence: Fence): boolean;
  clock: { now(): number };
  reached: Reached;
  /** An attempt was recorded: the lane has something to settle. */
  recorded(): void;
  /** An attempt could not be recorded; it is tried again. */
  recordFailed(failure: unknown): void;
}): SendDue {
  const { store, sendMessage, senderOf, clock, reached } = options;
  /** Parties with a message on its way: one at a time, so that their order is kept. */
  const busy = new Set<string>();
  const onTheirWay = new Map<Promise<void>, Lane>();
  let stopping = false;

  async function send(fence: Fence): Promise<boolean> {
    const room = MAX_IN_FLIGHT - onTheirWay.size;
    if (room <= 0 || stopping) return false;
    const now = clock.now();
    const state = await store.readDue(fence.lane, now, MAX_IN_FLIGHT + busy.size);
    const draft = draftOf(fence.lane, state);
    const launches: Launch[] = [];
    let refusals = 0;
    for (const notification of state.notifications) {
      if (launches.length >= room) break;
      const contact = contactOf(notification, draft);
      const { purpose, recipient } = notification;
      const person = contact === null ? null : draft.person(contact.id);
      const optOut = await optOutOf(store, fence.lane, purpose, recipient, person);
      const launch = decide({ notification, contact, person, optOut }, draft, fence.lane, now);
      if (launch === 'busy') continue;
      if (launch === 'refused') refusals += 1;
      else launches.push(launch);
    }
    if (launches.length + refusals === 0) return false;
    reached('before-sending');
    try {
      await store.commitLane({ fence, settledAttempts: [], changes: draft.changes() });
    } catch (failure) {
      for (const { party } of launches) busy.delete(party);
      throw failure;
    }
    reached('after-sending');
    for (const launch of launches) {
      const onItsWay = deliver(launch, fence).finally(() => {
        onTheirWay.delete(onItsWay);
        busy.delete(launch.party);
      });
      onTheirWay.set(onItsWay, fence.lane);
    }
    return true;
  }

  /** Admission once more at the moment of sending: the window may have closed since the taking. */
  function decide(
    { notification, contact, person, optOut }: Due,
    draft: LaneDraft,
    lane: Lane,
    now: number,
  ): Launch | 'busy' | 'refused' {
    const party = person?.id ?? JSON.stringify(notification.recipient);
    if (busy.has(party)) return 'busy';
    const sender = senderOf(lane);
    const admission = admit({
      content: notification.content,
      fallback: notification.fallback,
      onClosedWindow: notification.fallback === null ? 'fail' : 'template',
      window: windowAt(contact === null ? null : draft.lastInboundAt(contact.id), now),
      toGroup: notification.recipient.kind === 'group',
      now,
      recipientKnown: contact !== null,
      businessPhone: sender.ready ? { sendingReady: true } : { sendingReady: false, failure: sender.failure },
      permitted: options.permitted(notification.recipient, person),
      optOut,
    });
    const address = addressOf(notification.recipient, person?.identifiers ?? []);
    const decided: Notification = {
      ...notification,
      contactId: contact?.id ?? notification.contactId,
      decision: admission.decision,
      because: admission.because,
      nextAttemptAt: null,
      updatedAt: now,
    };
    if (admission.decision === 'refuse') {
      draft.putNotification({ ...decided, state: 'failed', failure: admission.failure });
      return 'refused';
    }
    if (address === null) {
      draft.putNotification({ ...decided, state: 'failed', failure: failureOf('recipient-invalid') });
      return 'refused';
    }
    const message = composeMessage({ address, content: admission.content, callbackData: notification.id });
    const mistake = mistakenMember(message);
    if (mistake !== null) {
      const failure = failureOf('content-invalid', { code: null, details: `\`${mistake}\`` });
      draft.putNotification({ ...decided, state: 'failed', failure });
      return 'refused';
    }
    const sending: Notification = {
      ...decided,
      state: 'sending',
      failure: null,
      attempts: notification.attempts + 1,
    };
    draft.putNotification(sending);
    busy.add(party);
    return {
      notification: sending,
      message,
      party,
    };
  }

  function contactOf({ contactId, recipient }: Notification, draft: LaneDraft): Contact | null {
    return contactId === null ? draft.recipientNamed(identifiersOf(recipient)) : draft.contact(contactId);
  }

  async function deliver({ notification, message }: Launch, fence: Fence): Promise<void> {
    const { lane } = fence;
    const startedAt = clock.now();
    const result = await tryToSend(message, fence);
    reached('after-send');
    await record(lane, {
      id: `${notification.id}.${notification.attempts}`,
      notificationId: notification.id,
      number: notification.attempts,
      startedAt,
      finishedAt: clock.now(),
      result,
    });
    reached('after-record');
    options.recorded();
  }

  async function tryToSend(message: JsonObject, fence: Fence): Promise<AttemptOutcome> {
    // Marked, but by now somebody else's: whoever slept in between must not write to anybody.
    if (!options.owns(fence)) {
      return { outcome: 'not-sent', reason: 'The lane passed to another process before anything was sent.' };
    }
    const sender = senderOf(fence.lane);
    if (!sender.ready) return { outcome: 'not-sent', reason: 'The business phone was taken out of service.' };
    const { phoneNumberId, accessToken } = sender;
    return sendMessage({ phoneNumberId, accessToken, message });
  }

  /** Tries until it is kept: what Meta answered exists nowhere else. */
  async function record(lane: Lane, attempt: Attempt): Promise<void> {
    for (;;) {
      try {
        await store.recordAttempt(lane, attempt);
        return;
      } catch (failure) {
        options.recordFailed(failure);
        if (stopping) return;
        await new Promise((resolve) => setTimeout(resolve, RECORD_RETRY_AFTER));
      }
    }
  }

  async function idle(lane?: Lane): Promise<void> {
    for (;;) {
      const waiting = [...onTheirWay].filter(([, theirs]) => lane === undefined || theirs === lane);
      if (waiting.length === 0) return;
      await Promise.allSettled(waiting.map(([sent]) => sent));
    }
  }

  return {
    send,
    inFlight: () => onTheirWay.size,
    idle,
    async stop() {
      stopping = true;
      await idle();
    },
  };
}

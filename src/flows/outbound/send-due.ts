import { admit, isOpenLongEnough } from '../../domain/admission.ts';
import type { Contact } from '../../domain/contact.ts';
import { windowAt } from '../../domain/conversation.ts';
import { type FailureCode, failureOf } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Attempt, AttemptOutcome, Notification } from '../../domain/notification.ts';
import type { OptOut } from '../../domain/opt-out.ts';
import { identifiersOf, type Recipient } from '../../domain/recipient.ts';
import { type Behaviour, quietUntilOf } from '../../domain/settings.ts';
import type { TemplateKnowledge } from '../../domain/template.ts';
import { addressOf, composeMessage } from '../../whatsapp/compose-message.ts';
import { mistakenMember } from '../../whatsapp/outgoing-body.ts';
import type { Reached } from '../crash-points.ts';
import type { LaneCommit } from '../inbound/fold-lane.ts';
import { draftOf, type LaneDraft } from '../lane-draft.ts';
import type { Fence, LaneState } from '../lane-state.ts';
import type { LookUpTemplate } from '../templates/look-up-template.ts';
import { templateOf } from '../templates/template-of.ts';
import type { LanePace, LanePaces } from './lane-pace.ts';
import { optOutOf, type PreferenceStore } from './opt-out-of.ts';

/** What sending asks of the store. */
export type SendStore = {
  /**
   * The notifications whose turn it is and whose time has come, with their contacts and conversations: one of each
   * party, the most urgent first, then those that are due for longest. `bulk`: whether mass messages are among them.
   */
  readDue(lane: Lane, now: number, question: { limit: number; bulk: boolean }): Promise<LaneState>;
  commitLane(commit: LaneCommit): Promise<void>;
  /** Notifications marked as `sending` whose try has no recorded result. */
  readAbandoned(lane: Lane): Promise<Notification[]>;
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
  /**
   * Waits a moment for messages that are due and only keep to the pace of a second. False when there are none, or
   * when time stands still.
   */
  paced(): Promise<boolean>;
  /** Starts nothing more, and waits for what is on its way; a result that cannot be kept is given up. */
  stop(): Promise<void>;
  inFlight(): number;
};

/** How many messages of one lane may be on their way at once: at 250 ms an answer enough for 1,000 a second. */
const MAX_IN_FLIGHT = 256;
/** The longest that somebody who drains waits for the pace before looking again, in milliseconds. */
const PACE_STEP = 20;
const RECORD_RETRY_AFTER = 1_000;

type Due = {
  notification: Notification;
  contact: Contact | null;
  /** The contact with all others that are the same person. */
  person: Contact | null;
  optOut: OptOut | null;
  template: TemplateKnowledge;
};

type Launch = { notification: Notification; message: JsonObject; party: string; pace: LanePace };

/** Makes the sending step of the lanes' owner. */
export function createSendDue(options: {
  store: SendStore;
  sendMessage: SendMessage;
  senderOf(lane: Lane): Sender;
  permitted(recipient: Recipient, contact: Contact | null): boolean;
  /** What the installation has decided, as of now. */
  behaviour(): Pick<Behaviour, 'quietHours'>;
  /** Whether the lane is still in this process's hands. */
  owns(fence: Fence): boolean;
  paces: LanePaces;
  lookUpTemplate: LookUpTemplate;
  clock: { now(): number };
  reached: Reached;
  /** The lane has something to send that waited for its pace. */
  resume(): void;
  /** An attempt was recorded: the lane has something to settle. */
  recorded(): void;
  /** An attempt could not be recorded; it is tried again. */
  recordFailed(failure: unknown): void;
}): SendDue {
  const { store, sendMessage, senderOf, paces, clock, reached } = options;
  /** Parties with a message on its way: one at a time, so that their order is kept. */
  const busy = new Set<string>();
  const onTheirWay = new Map<Promise<void>, Lane>();
  /** Notifications of which the store has not said yet whether they are marked: they wait until it has. */
  const doubtful = new Set<string>();
  /** Steps that may yet put something on its way; one at a time in each lane. */
  const steps = new Map<Lane, Promise<boolean>>();
  const inFlight = new Map<Lane, number>();
  /** When lanes may go on that keep to the pace of a second. */
  const resumeAt = new Map<Lane, number>();
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;

  async function send(fence: Fence): Promise<boolean> {
    const step = sendNow(fence);
    steps.set(fence.lane, step);
    try {
      return await step;
    } finally {
      steps.delete(fence.lane);
    }
  }

  async function sendNow(fence: Fence): Promise<boolean> {
    if (stopping) return false;
    const pace = await paces.of(fence);
    const now = clock.now();
    const allowed = pace.allowance();
    resumeAt.delete(fence.lane);
    if (allowed.held !== null) {
      if (allowed.held === 'phone' && allowed.until !== null) resumeLater(fence.lane, allowed.until, now);
      return false;
    }
    const limit = Math.min(allowed.count, MAX_IN_FLIGHT - (inFlight.get(fence.lane) ?? 0));
    if (limit <= 0) return false;
    const state = await store.readDue(fence.lane, now, { limit, bulk: allowed.bulk });
    const draft = draftOf(fence.lane, state);
    const launches: Launch[] = [];
    let others = 0;
    for (const notification of state.notifications) {
      if (doubtful.has(notification.id)) continue;
      const contact = contactOf(notification, draft);
      const { purpose, recipient } = notification;
      const person = contact === null ? null : draft.person(contact.id);
      const optOut = await optOutOf(store, fence.lane, purpose, recipient, person);
      const { content, fallback } = notification;
      const window = windowAt(contact === null ? null : draft.lastInboundAt(contact.id), now);
      const mayGo = isOpenLongEnough({ window, now });
      const template = await templateOf(fence.lane, content, fallback, mayGo, options.lookUpTemplate);
      const isBusy = (party: string) => busy.has(party) || launches.some((launch) => launch.party === party);
      const launch = decide({ notification, contact, person, optOut, template }, draft, {
        lane: fence.lane,
        now,
        pace,
        isBusy,
      });
      if (launch === 'busy') continue;
      if (launch === 'refused' || launch === 'postponed') others += 1;
      else launches.push(launch);
    }
    if (launches.length + others === 0) return false;
    reached('before-sending');
    for (const { party } of launches) busy.add(party);
    try {
      await store.commitLane({ fence, settledAttempts: [], changes: draft.changes() });
    } catch (failure) {
      for (const { party } of launches) busy.delete(party);
      if (launches.length > 0) keepDoubt(launches, fence);
      throw failure;
    }
    reached('after-sending');
    pace.launched(launches.map(({ party }) => party));
    inFlight.set(fence.lane, (inFlight.get(fence.lane) ?? 0) + launches.length);
    for (const launch of launches) {
      const onItsWay = deliver(launch, fence).finally(() => {
        onTheirWay.delete(onItsWay);
        inFlight.set(fence.lane, (inFlight.get(fence.lane) ?? 0) - 1);
        busy.delete(launch.party);
      });
      onTheirWay.set(onItsWay, fence.lane);
    }
    return true;
  }

  /** Admission once more at the moment of sending: the window may have closed since the taking. */
  function decide(
    { notification, contact, person, optOut, template }: Due,
    draft: LaneDraft,
    {
      lane,
      now,
      pace,
      isBusy,
    }: { lane: Lane; now: number; pace: LanePace; isBusy: (party: string) => boolean },
  ): Launch | 'busy' | 'refused' | 'postponed' {
    const party = person?.id ?? notification.party;
    if (isBusy(party)) return 'busy';
    const sender = senderOf(lane);
    const admission = admit({
      content: notification.content,
      fallback: notification.fallback,
      onClosedWindow: closedWindowOf(notification),
      window: windowAt(contact === null ? null : draft.lastInboundAt(contact.id), now),
      toGroup: notification.recipient.kind === 'group',
      now,
      recipientKnown: contact !== null,
      businessPhone: sender.ready ? { sendingReady: true } : { sendingReady: false, failure: sender.failure },
      permitted: options.permitted(notification.recipient, person),
      template,
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
    if (admission.decision === 'hold') {
      draft.putNotification({ ...decided, party, state: 'held' });
      return 'postponed';
    }
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
    const quietUntil = quietUntilOf(notification.purpose, options.behaviour(), now);
    if (quietUntil !== null) {
      draft.postponeNotification({ ...notification, nextAttemptAt: quietUntil });
      return 'postponed';
    }
    const freeAt = pace.freeAt(party);
    // Reading took its time: whoever is free is free from this moment on, which is later than `now`.
    if (freeAt > clock.now()) {
      draft.postponeNotification({ ...notification, nextAttemptAt: freeAt });
      return 'postponed';
    }
    const sending: Notification = {
      ...decided,
      // Asked for when nobody knew the number yet, and now one of a person's: what waits for them waits behind it.
      party,
      state: 'sending',
      failure: null,
      attempts: notification.attempts + 1,
    };
    draft.putNotification(sending);
    return { notification: sending, message, party, pace };
  }

  function contactOf({ contactId, recipient }: Notification, draft: LaneDraft): Contact | null {
    return contactId === null ? draft.recipientNamed(identifiersOf(recipient)) : draft.contact(contactId);
  }

  async function deliver({ notification, message, party, pace }: Launch, fence: Fence): Promise<void> {
    const { lane } = fence;
    const startedAt = clock.now();
    const result = await tryToSend(message, fence);
    reached('after-send');
    pace.answered(party, result);
    await record(lane, { ...attemptOf(notification, { startedAt, finishedAt: clock.now() }), result });
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

  /**
   * A store that goes away in the middle of a commit does not say whether messages are marked. One that is, nobody
   * has sent, and it would hold up its person for as long as this process owns the lane.
   */
  function keepDoubt(launches: readonly Launch[], fence: Fence): void {
    for (const { notification } of launches) doubtful.add(notification.id);
    const clearing = clearDoubt(launches, fence).finally(() => {
      onTheirWay.delete(clearing);
      for (const { notification } of launches) doubtful.delete(notification.id);
      options.recorded();
    });
    onTheirWay.set(clearing, fence.lane);
  }

  /** Asks until the store answers: what it had marked after all gets the result that it was not sent. */
  async function clearDoubt(launches: readonly Launch[], fence: Fence): Promise<void> {
    const { lane } = fence;
    for (;;) {
      if (stopping || !options.owns(fence)) return;
      try {
        const marked = new Set((await store.readAbandoned(lane)).map(({ id }) => id));
        // Read as the owner, or not at all: a new one may have marked the same message and be sending it.
        if (!options.owns(fence)) return;
        const at = clock.now();
        for (const { notification } of launches.filter((launch) => marked.has(launch.notification.id))) {
          const reason = 'The database went away while the message was marked, before anything was sent.';
          const attempt = attemptOf(notification, { startedAt: at, finishedAt: at });
          await record(lane, { ...attempt, result: { outcome: 'not-sent', reason } });
        }
        return;
      } catch {
        // Whoever waits for the database already says so.
        await new Promise((resolve) => setTimeout(resolve, RECORD_RETRY_AFTER));
      }
    }
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
      const isAsked = (theirs: Lane) => lane === undefined || theirs === lane;
      const waiting = [
        ...[...steps].flatMap(([theirs, step]) => (isAsked(theirs) ? step : [])),
        ...[...onTheirWay].flatMap(([sent, theirs]) => (isAsked(theirs) ? sent : [])),
      ];
      if (waiting.length === 0) return;
      await Promise.allSettled(waiting);
    }
  }

  /** Wakes the lanes' owner when the pace of a second lets the next message go. */
  function resumeLater(lane: Lane, at: number, now: number): void {
    resumeAt.set(lane, at);
    clearTimeout(timer);
    timer = setTimeout(options.resume, Math.max(0, Math.min(...resumeAt.values()) - now));
    timer.unref();
  }

  async function paced(): Promise<boolean> {
    if (resumeAt.size === 0 || stopping) return false;
    const before = clock.now();
    const wait = Math.min(...resumeAt.values()) - before;
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(wait, PACE_STEP)));
    const now = clock.now();
    for (const [lane, at] of resumeAt) if (at <= now) resumeAt.delete(lane);
    return wait <= 0 || now > before;
  }

  return {
    send,
    paced,
    inFlight: () => onTheirWay.size,
    idle,
    async stop() {
      stopping = true;
      clearTimeout(timer);
      await idle();
    },
  };
}

/** What the caller wanted when the window is closed, as it was kept. */
function closedWindowOf({ holds, fallback }: Notification): 'template' | 'fail' | 'hold' {
  if (holds) return 'hold';
  return fallback === null ? 'fail' : 'template';
}

/** A try of a notification that is marked as `sending`, without its result. */
function attemptOf(
  { id, attempts }: Notification,
  times: Pick<Attempt, 'startedAt' | 'finishedAt'>,
): Omit<Attempt, 'result'> {
  return { id: `${id}.${attempts}`, notificationId: id, number: attempts, ...times };
}

import { type Window, windowAt } from '../../domain/conversation.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { WebhookSource } from '../bodies/webhook-envelope.ts';
import type { Scheduler } from '../time/scheduler.ts';
import { answerOf, choicesOf, isChoice, labelOf } from './choices.ts';
import type { Network } from './network.ts';
import type { AutoReply, PersonState } from './people.ts';
import type { PersonActs, WritingOptions } from './person-acts.ts';
import type { ContactCard, PhoneMedia, SharedContent } from './phone-content.ts';
import type { PhoneMessage } from './phone-message.ts';
import type { PersonContent } from './written-content.ts';

/** A file on a person's phone. */
export type PersonFile = { bytes: Uint8Array; mimeType: string };

/** A business phone as people know it. `isOnBizApp` for one that is in the WhatsApp Business app as well. */
export type KnownPhone = WebhookSource & { isOnBizApp?: boolean };

/** What was sent: its wamid. */
type Sent = { messageId: string };

/**
 * A person with a phone. Whatever they do resolves once it is done; `drain()` awaits its webhook. What needs the
 * phone online rejects while it is offline.
 */
export type SimulatedPerson = {
  readonly waId: string;
  /** The business-scoped user id (BSUID); the same in every run. */
  readonly userId: string;
  readonly name: string;
  /** Without the `@`; null for somebody without one. */
  readonly username: string | null;
  /** The same person in their conversation with another business phone. Throws a RangeError for an unknown one. */
  with(phoneNumberId: string): SimulatedPerson;
  /** What the phone shows, oldest first; copies. */
  messages(): PhoneMessage[];
  /** The person writes to the business, which opens the window. Rejects when the text is empty. */
  writes(text: string, options?: WritingOptions): Promise<Sent>;
  /** Anything else that a person can send. */
  sends(content: PersonContent, options?: WritingOptions): Promise<Sent>;
  sendsImage(file: PersonFile, options?: WritingOptions & { caption?: string }): Promise<Sent>;
  sendsVideo(file: PersonFile, options?: WritingOptions & { caption?: string }): Promise<Sent>;
  sendsDocument(
    file: PersonFile,
    options?: WritingOptions & { caption?: string; filename?: string },
  ): Promise<Sent>;
  /** `voice` for a recording. */
  sendsAudio(file: PersonFile, options?: WritingOptions & { voice?: boolean }): Promise<Sent>;
  sendsSticker(file: PersonFile, options?: WritingOptions & { animated?: boolean }): Promise<Sent>;
  sendsLocation(
    place: { latitude: number; longitude: number; name?: string; address?: string },
    options?: WritingOptions,
  ): Promise<Sent>;
  sendsContacts(cards: readonly ContactCard[], options?: WritingOptions): Promise<Sent>;
  /**
   * Taps a button or a row of a list under a message of the business, by its label, id or payload.
   *
   * @param messageId the message; the newest one with such a choice when left out
   */
  taps(choice: string, messageId?: string): Promise<Sent>;
  /** Puts an emoji to a message; null takes it away. */
  reacts(messageId: string, emoji: string | null): Promise<Sent>;
  /**
   * Changes a message of their own. Businesses hear of it only with a number that is in the WhatsApp Business app
   * too (meta-facts §4.2, notes); then the id is one of the change.
   */
  edits(messageId: string, text: string): Promise<Sent>;
  /** Takes a message of their own back; businesses hear of it like of an edit. */
  deletes(messageId: string): Promise<Sent>;
  /** The person reads everything that has arrived. */
  reads(): Promise<void>;
  /** Listens to a voice message of the business for the first time. */
  plays(messageId: string): Promise<void>;
  /** Calls the business, which opens the window; the call ends after this many milliseconds of simulated time. */
  calls(options?: { lasting?: number }): Promise<{ callId: string }>;
  /** Says no to marketing messages in WhatsApp, or yes again. */
  stopsMarketing(): Promise<void>;
  resumesMarketing(): Promise<void>;
  readonly refusesMarketing: boolean;
  /**
   * Somebody at the business answers them in the WhatsApp Business app: an echo tells the receivers of the number.
   * Rejects unless the business phone `isOnBizApp`.
   */
  isAnsweredInApp(text: string): Promise<Sent>;
  /** While true another app owns the chat: what the person does, and statuses of it, come as `standby` (meta-facts §3.1). */
  setStandby(standby: boolean): void;
  /** Blocks the business: what it sends never arrives, and it is not told. */
  blocks(): void;
  unblocks(): void;
  readonly blocked: boolean;
  /** Moves to another number, with all conversations; business phones that know them are told. */
  changesNumber(waId: string): Promise<void>;
  /** Takes a username; null gives it up. `hideNumber` for one whom businesses are not shown the number of. */
  takesUsername(username: string | null, options?: { hideNumber?: boolean }): void;
  readonly online: boolean;
  /** Offline, messages wait in the network, not in `messages()`, and stay `sent`; online again, they arrive. */
  setOnline(online: boolean): void;
  readonly autoRead: boolean;
  /** While true the chat is open on the phone: whatever arrives is read at once. */
  setAutoRead(autoRead: boolean): void;
  /** Without read receipts businesses do not hear what was read or played. */
  setReadReceipts(readReceipts: boolean): void;
  /**
   * Answers whatever arrives from now on with a text, or with what a function makes of it; null stops that.
   *
   * @param options.after milliseconds of simulated time until the answer; 0
   */
  setAutoReply(reply: string | AutoReply['words'] | null, options?: { after?: number }): void;
  /** Whether the phone shows that the business is typing. */
  seesTyping(): boolean;
  /** The 24-hour window as Meta sees it now. */
  window(): Window;
};

/** What the phone of a simulated person works with. */
export type PhoneWorld = {
  network: Network;
  acts: PersonActs;
  clock: Clock;
  scheduler: Scheduler;
  /** The business phones, the first one first. */
  phones: () => readonly KnownPhone[];
  /** Keeps a file that was sent to a business phone, as Meta does. */
  keepMedia: (source: WebhookSource, file: PersonFile) => PhoneMedia;
  /** How an edit comes where it comes at all: Meta has stopped telling what it says, for a time (meta-facts §4.2, notes). */
  edits: 'as-edits' | 'as-unsupported';
  /** Hears of everything but messages. */
  changed: (person: PersonState) => void;
};

/** What a test or a page may do with a person, in their conversation with a business phone; the first when left out. */
export function simulatedPerson(
  state: PersonState,
  world: PhoneWorld,
  phoneNumberId?: string,
): SimulatedPerson {
  const { network, acts, clock } = world;
  const phone = findPhone(world.phones(), phoneNumberId);
  const conversation = state.conversationWith(phone.phoneNumberId);

  function needOnline(): void {
    if (state.online) return;
    throw new Error(
      `The phone of ${state.name} is offline, so nothing leaves it; let it go online first: setOnline(true), or the act goes-online.`,
    );
  }

  function needUnblocked(): void {
    if (!conversation.blocked) return;
    throw new Error(
      `${state.name} has blocked this business and cannot write to it; let them unblock it first: unblocks(), or the act unblocks.`,
    );
  }

  async function send(content: PersonContent, options?: WritingOptions): Promise<Sent> {
    needOnline();
    needUnblocked();
    return { messageId: acts.write(state, phone, content, options) };
  }

  function found(messageId: string): PhoneMessage {
    const message = conversation.messages.find(({ id }) => id === messageId);
    if (message !== undefined) return message;
    throw new RangeError(
      `The phone of ${state.name} shows no message ${messageId}; messages() lists those that it shows.`,
    );
  }

  async function tap(meant: string, messageId?: string): Promise<Sent> {
    const received = conversation.messages.filter(({ direction }) => direction === 'in');
    const looked = messageId === undefined ? received.toReversed() : [found(messageId)];
    for (const { id, content } of looked) {
      const choice = choicesOf(content).find((one) => isChoice(one, meant));
      const answer = choice === undefined ? null : answerOf(choice);
      if (answer !== null) return send(answer, { replyTo: id });
      if (choice !== undefined) {
        throw new RangeError(`"${meant}" only opens something; a tap on it tells the business nothing.`);
      }
    }
    const labels = looked.flatMap(({ content }) => choicesOf(content).map(labelOf));
    throw new RangeError(
      `${state.name} sees nothing to tap that says "${meant}"; there is: ${labels.join(', ') || 'nothing'}.`,
    );
  }

  /** A change of one's own message: shown on the phone, told only where the number is in the business app too. */
  async function change(messageId: string, text: string | null): Promise<Sent> {
    const message = found(messageId);
    needOnline();
    if (phone.isOnBizApp === true) needUnblocked();
    if (message.direction !== 'out') {
      throw new RangeError(`${state.name} can change only what they wrote themselves.`);
    }
    const edited: SharedContent = { kind: 'text', body: text ?? '' };
    if (text !== null) Object.assign(message, { text, kind: 'text', content: edited });
    else conversation.messages.splice(conversation.messages.indexOf(message), 1);
    if (phone.isOnBizApp !== true) return { messageId };
    if (text === null) return send({ kind: 'revoke', originalMessageId: messageId });
    return world.edits === 'as-edits'
      ? send({ kind: 'edit', originalMessageId: messageId, edited })
      : send({ kind: 'unsupported', metaType: 'edit' });
  }

  async function call(lasting: number): Promise<{ callId: string }> {
    const callId = acts.newCallId();
    const startedAt = clock.now();
    const endedAt = startedAt + lasting;
    acts.tell(state, phone, { kind: 'call-connect', callId, sdp: null });
    world.scheduler.at(endedAt, () => {
      acts.tell(state, phone, { kind: 'call-terminate', callId, startedAt, endedAt, outcome: 'COMPLETED' });
    });
    return { callId };
  }

  function keep(file: PersonFile): PhoneMedia {
    return world.keepMedia(phone, file);
  }

  return {
    get waId() {
      return state.waId;
    },
    get userId() {
      return state.userId;
    },
    get name() {
      return state.name;
    },
    get username() {
      return state.username;
    },
    with: (other) => simulatedPerson(state, world, other),
    messages: () => conversation.messages.map((message) => ({ ...message })),
    async writes(text, options) {
      if (text === '')
        throw new TypeError('A person cannot write an empty message; give writes() some text.');
      return send({ kind: 'text', body: text }, options);
    },
    sends: send,
    sendsImage: async (file, options = {}) =>
      send({ kind: 'image', media: keep(file), caption: options.caption ?? null }, options),
    sendsVideo: async (file, options = {}) =>
      send({ kind: 'video', media: keep(file), caption: options.caption ?? null }, options),
    async sendsDocument(file, options = {}) {
      const { filename = null, caption = null } = options;
      return send({ kind: 'document', media: keep(file), filename, caption }, options);
    },
    sendsAudio: async (file, options = {}) =>
      send({ kind: 'audio', media: keep(file), voice: options.voice ?? false }, options),
    sendsSticker: async (file, options = {}) =>
      send({ kind: 'sticker', media: keep(file), animated: options.animated ?? false }, options),
    async sendsLocation({ latitude, longitude, name = null, address = null }, options) {
      return send({ kind: 'location', latitude, longitude, name, address, url: null }, options);
    },
    sendsContacts: async (cards, options) => send({ kind: 'contacts', cards }, options),
    taps: tap,
    reacts: async (messageId, emoji) => send({ kind: 'reaction', messageId: found(messageId).id, emoji }),
    edits: change,
    deletes: (messageId) => change(messageId, null),
    async reads() {
      needOnline();
      network.read(state, phone.phoneNumberId);
    },
    async plays(messageId) {
      needOnline();
      network.play(state, phone.phoneNumberId, found(messageId).id);
    },
    async calls({ lasting = 60_000 } = {}) {
      needOnline();
      return call(lasting);
    },
    async stopsMarketing() {
      needOnline();
      acts.tell(state, phone, { kind: 'marketing-preference', wanted: false });
    },
    async resumesMarketing() {
      needOnline();
      acts.tell(state, phone, { kind: 'marketing-preference', wanted: true });
    },
    get refusesMarketing() {
      return conversation.refusesMarketing;
    },
    async isAnsweredInApp(text) {
      if (phone.isOnBizApp !== true) {
        throw new RangeError(
          `The business phone ${phone.phoneNumberId} is not in the WhatsApp Business app; set isOnBizApp on it first.`,
        );
      }
      return { messageId: acts.echo(state, phone, { kind: 'text', body: text }) };
    },
    setStandby(standby) {
      conversation.standby = standby;
      world.changed(state);
    },
    blocks() {
      network.setBlocked(state, phone.phoneNumberId, true);
      world.changed(state);
    },
    unblocks() {
      network.setBlocked(state, phone.phoneNumberId, false);
      world.changed(state);
    },
    get blocked() {
      return conversation.blocked;
    },
    async changesNumber(waId) {
      needOnline();
      acts.changeNumber(state, waId);
      world.changed(state);
    },
    takesUsername(username, { hideNumber = false } = {}) {
      state.username = username;
      state.numberHidden = username !== null && hideNumber;
      world.changed(state);
    },
    get online() {
      return state.online;
    },
    setOnline(online) {
      network.setOnline(state, online);
      world.changed(state);
    },
    get autoRead() {
      return state.autoRead;
    },
    setAutoRead(autoRead) {
      state.autoRead = autoRead;
      if (autoRead) network.read(state);
      world.changed(state);
    },
    setReadReceipts(readReceipts) {
      state.readReceipts = readReceipts;
    },
    setAutoReply(reply, { after = 0 } = {}) {
      const words = typeof reply === 'string' ? () => reply : reply;
      state.autoReply = words === null ? null : { words, after };
    },
    seesTyping: () => clock.now() < conversation.typingUntil,
    window: () => windowAt(conversation.lastWroteAt, clock.now()),
  };
}

function findPhone(phones: readonly KnownPhone[], phoneNumberId: string | undefined): KnownPhone {
  const phone = phones.find((one) => phoneNumberId === undefined || one.phoneNumberId === phoneNumberId);
  if (phone !== undefined) return phone;
  const known = phones.map((one) => one.phoneNumberId).join(', ') || 'none';
  throw new RangeError(
    `There is no business phone ${phoneNumberId ?? ''} in the simulator. Known are: ${known}.`,
  );
}

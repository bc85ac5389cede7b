import { windowAt } from '../../domain/conversation.ts';
import type { Clock } from '../../runtime/clock.ts';
import { type StatusNews, statusBody } from '../bodies/status-body.ts';
import type { WebhookSource } from '../bodies/webhook-envelope.ts';
import type { GraphProblem } from '../graph/graph-error.ts';
import type { OpenQuestions } from '../open-questions.ts';
import { createServiceCount, type PriceType, priceOf } from '../send/price.ts';
import type { Scheduler } from '../time/scheduler.ts';
import { type Conversation, isFreeEntry, type Letter, waitsUntil } from './conversation.ts';
import type { People, PersonState } from './people.ts';
import type { PhoneMessage } from './phone-message.ts';
import type { PostOffice } from './post-office.ts';

/** One line of the ledger: a message that appeared on a phone. */
export type LedgerLine = {
  waId: string;
  messageId: string;
  /** In milliseconds. */
  at: number;
  /** The words that the person saw. */
  body: string;
};

/** A message that Meta has accepted. */
export type AcceptedMessage = Letter & {
  /** Null when nobody has that number. */
  person: PersonState | null;
  /** The number as it was typed, in digits; null when the message was addressed by user id. */
  typedDigits: string | null;
  /** Why it will fail, by a status; null when it goes on its way. */
  laterFailure: GraphProblem | null;
  /** The business phone that sends it; the first when left out. */
  from?: WebhookSource;
};

/** The message that a status is about, and whom it was for. */
type Told = Pick<AcceptedMessage, 'messageId' | 'callbackData' | 'person' | 'typedDigits' | 'groupId'> & {
  source: WebhookSource;
};

/** What lies between the business and the phones: it carries messages and tells the business about them. */
export type Network = {
  /** Carries an accepted message: `failed`, or `sent`, `delivered` and perhaps `read`. */
  carry(message: AcceptedMessage): void;
  /** The person looks at the chat with a business phone, or with all of them: everything unread is read. */
  read(person: PersonState, phoneNumberId?: string): void;
  /**
   * The person plays a voice message; of the first time the business hears (meta-facts §4.3). Throws a RangeError for
   * what cannot be played.
   */
  play(person: PersonState, phoneNumberId: string, messageId: string): void;
  /** Online, the phone receives what has waited for it. */
  setOnline(person: PersonState, online: boolean): void;
  /** Blocked, what the business sends never arrives; unblocked, only what it sends from then on does. */
  setBlocked(person: PersonState, phoneNumberId: string, blocked: boolean): void;
  /**
   * A business phone marks a message to it, and with it every earlier one, as read. False for an unknown id, and for a
   * message to another phone.
   *
   * @param typing whether the business says that it is typing, which the phone shows for 25 seconds
   */
  markRead(phoneNumberId: string, messageId: string, typing?: boolean): boolean;
  /** From now on statuses are kept back; messages are still delivered. */
  holdStatuses(): void;
  /** Sends the statuses that were kept back, in their order, and keeps back no more. */
  releaseStatuses(): void;
  ledger(): LedgerLine[];
};

/** How long a phone shows that the business is typing, in milliseconds (meta-facts §7.2). */
const TYPING_SHOWN = 25_000;

/** An idle network. `changed` hears of every message that appears on a phone or changes there. */
export function createNetwork(options: {
  /** The business phones, the first one first. */
  phones: () => readonly WebhookSource[];
  people: People;
  clock: Clock;
  scheduler: Scheduler;
  postOffice: PostOffice;
  prices: OpenQuestions['prices'];
  openChats: OpenQuestions['openChats'];
  changed: (person: PersonState, message: PhoneMessage) => void;
  /** Hears of every message of the business that has arrived. */
  arrived: (person: PersonState, message: PhoneMessage) => void;
}): Network {
  const { clock, scheduler, postOffice, changed } = options;
  const ledger: LedgerLine[] = [];
  const services = createServiceCount();

  function carry(message: AcceptedMessage): void {
    const source = message.from ?? sourceOf(undefined);
    const { person, laterFailure, category } = message;
    const told = { ...message, source };
    scheduler.soon(() => {
      if (laterFailure !== null) {
        tell(told, { status: 'failed', failure: laterFailure });
        return;
      }
      tell(told, { status: 'sent', category, price: priceNow(person, source, category) });
      if (person === null) return;
      const { blocked, waiting } = person.conversationWith(source.phoneNumberId);
      if (blocked) return;
      waiting.set(message.messageId, { letter: message, until: waitsUntil(clock.now(), category) });
      forward(person, source, message.messageId);
    });
  }

  /** On its way to the phone. While the phone is offline the letter waits, and in the end is dropped. */
  function forward(person: PersonState, source: WebhookSource, messageId: string): void {
    const { waiting } = person.conversationWith(source.phoneNumberId);
    scheduler.soon(() => {
      const waits = waiting.get(messageId);
      if (waits === undefined || (!person.online && clock.now() < waits.until)) return;
      waiting.delete(messageId);
      if (clock.now() < waits.until) deliver(person, source, waits.letter);
    });
  }

  function deliver(person: PersonState, source: WebhookSource, letter: Letter): void {
    const { messageId, text, kind, content, callbackData, category, answers, groupId } = letter;
    const { phoneNumberId } = source;
    const conversation = person.conversationWith(phoneNumberId);
    const at = clock.now();
    const message: PhoneMessage = {
      id: messageId,
      direction: 'in',
      at,
      text,
      kind,
      content,
      phoneNumberId,
      ...(answers !== undefined && { answers }),
      ...(groupId !== undefined && { groupId }),
      status: 'delivered',
    };
    conversation.messages.push(message);
    if (kind === 'audio') {
      conversation.recordings.set(messageId, { callbackData, played: false, ...inGroup(message) });
    }
    conversation.typingUntil = 0;
    ledger.push({ waId: person.waId, messageId, at, body: text });
    const charge = { category, price: priceNow(person, source, category) };
    if (category === 'service') services.add(phoneNumberId, at);
    const told = { messageId, callbackData, person, typedDigits: null, source, ...inGroup(message) };
    const readAlone = person.autoRead && person.readReceipts && options.openChats === 'read-alone';
    conversation.unread.push({ message, callbackData, ...(readAlone && { charge }) });
    if (!readAlone) tell(told, { status: 'delivered', charge });
    changed(person, message);
    if (person.autoRead) scheduler.soon(() => readWith(person, conversation, source));
    options.arrived(person, message);
  }

  function read(person: PersonState, phoneNumberId?: string): void {
    for (const [id, conversation] of person.conversations) {
      if (phoneNumberId === undefined || phoneNumberId === id) readWith(person, conversation, sourceOf(id));
    }
  }

  function readWith(person: PersonState, conversation: Conversation, source: WebhookSource): void {
    for (const { message, callbackData, charge } of conversation.unread.splice(0)) {
      message.status = 'read';
      const told = { messageId: message.id, callbackData, person, typedDigits: null, source };
      if (person.readReceipts) {
        tell({ ...told, ...inGroup(message) }, { status: 'read', ...(charge !== undefined && { charge }) });
      }
      changed(person, message);
    }
  }

  function play(person: PersonState, phoneNumberId: string, messageId: string): void {
    const recording = person.conversationWith(phoneNumberId).recordings.get(messageId);
    if (recording === undefined) {
      throw new RangeError(`${person.name} can play only what the business sent to be listened to.`);
    }
    if (recording.played) return;
    recording.played = true;
    const { callbackData } = recording;
    const source = sourceOf(phoneNumberId);
    const told = { messageId, callbackData, person, typedDigits: null, source, ...inGroup(recording) };
    if (person.readReceipts) tell(told, { status: 'played' });
  }

  function setOnline(person: PersonState, online: boolean): void {
    person.online = online;
    if (!online) return;
    for (const [id, { waiting }] of person.conversations) {
      for (const messageId of waiting.keys()) forward(person, sourceOf(id), messageId);
    }
  }

  function setBlocked(person: PersonState, phoneNumberId: string, blocked: boolean): void {
    const conversation = person.conversationWith(phoneNumberId);
    conversation.blocked = blocked;
    if (blocked) conversation.waiting.clear();
  }

  function markRead(phoneNumberId: string, messageId: string, typing = false): boolean {
    for (const person of options.people.all()) {
      const conversation = person.conversations.get(phoneNumberId);
      const written = conversation?.messages.filter((message) => message.direction === 'out') ?? [];
      const last = written.findIndex((message) => message.id === messageId);
      if (conversation === undefined || last === -1) continue;
      for (const message of written.slice(0, last + 1)) {
        if (message.status === 'read') continue;
        message.status = 'read';
        changed(person, message);
      }
      if (typing) conversation.typingUntil = clock.now() + TYPING_SHOWN;
      return true;
    }
    return false;
  }

  /** What a message on its way costs. */
  function priceNow(
    person: PersonState | null,
    source: WebhookSource,
    category: Letter['category'],
  ): PriceType {
    const at = clock.now();
    const conversation = person?.conversationWith(source.phoneNumberId);
    const message = {
      category,
      at,
      windowOpen: conversation !== undefined && windowAt(conversation.lastWroteAt, at).open,
      freeEntryPoint: conversation !== undefined && isFreeEntry(conversation, at),
      servicesBefore: services.before(source.phoneNumberId, at),
    };
    return priceOf(message, options.prices);
  }

  /** Tells the business what became of one of its messages. */
  function tell(message: Told, news: StatusNews): void {
    const { messageId, callbackData, person, source } = message;
    const waId = person?.waId ?? message.typedDigits;
    const recipient = recipientOf(person, waId);
    const subject = { messageId, at: clock.now(), recipient, callbackData, ...inGroup(message) };
    postOffice.tellStatus({
      source,
      line: waId ?? messageId,
      about: news.status,
      field: 'messages',
      waId,
      body: (shape) => statusBody(source, subject, news, shape),
    });
  }

  function sourceOf(phoneNumberId: string | undefined): WebhookSource {
    const phones = options.phones();
    const phone = phones.find((one) => one.phoneNumberId === phoneNumberId) ?? phones[0];
    if (phone === undefined) throw new RangeError('The simulator has no business phone; give it one.');
    return phone;
  }

  return {
    carry,
    read,
    play,
    setOnline,
    setBlocked,
    markRead,
    holdStatuses: postOffice.holdStatuses,
    releaseStatuses: postOffice.releaseStatuses,
    ledger: () => [...ledger],
  };
}

/** As they are now: a status that is kept back does not change with them. */
function recipientOf(person: PersonState | null, waId: string | null) {
  if (person === null) return { waId, userId: null, name: null };
  const { userId, name, username, numberHidden } = person;
  return { waId, userId, name, username, numberHidden };
}

function inGroup({ groupId }: { groupId?: string }): { groupId?: string } {
  return groupId === undefined ? {} : { groupId };
}

import type { Clock } from '../../runtime/clock.ts';
import {
  type StatusNews,
  statusBody,
  textMessageBody,
  type WebhookSource,
} from '../bodies/webhook-bodies.ts';
import type { OutgoingWebhook, WebhookSender } from '../delivery/webhook-sender.ts';
import type { GraphProblem } from '../graph/graph-error.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { TemplateCategory } from '../templates/template.ts';
import type { Scheduler } from '../time/scheduler.ts';
import type { Letter, People, PersonState } from './people.ts';
import type { PhoneMessage } from './phone-message.ts';
import { createWamid } from './wamid.ts';

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
type AcceptedMessage = Letter & {
  category: TemplateCategory | 'service';
  /** Null when nobody has that number. */
  person: PersonState | null;
  /** The number as it was typed, in digits; null when the message was addressed by user id. */
  typedDigits: string | null;
  /** Why it will fail, by a status; null when it goes on its way. */
  laterFailure: GraphProblem | null;
};

/** The message that a status is about, and whom it was for. */
type Told = Pick<AcceptedMessage, 'messageId' | 'callbackData' | 'person' | 'typedDigits'>;

/** What lies between the business and the phones: it carries messages and tells the business about them. */
export type Network = {
  /** Carries an accepted message: `failed`, or `sent`, `delivered` and perhaps `read`. */
  carry(message: AcceptedMessage): void;
  /** The person writes; the business hears of it, and the window opens. The wamid. */
  write(person: PersonState, text: string): string;
  /** The person looks at the chat: everything unread is read. */
  read(person: PersonState): void;
  /** Online, the phone receives what has waited for it. */
  setOnline(person: PersonState, online: boolean): void;
  /** The business marks a message, and with it every earlier one, as read. False for an unknown id. */
  markRead(messageId: string): boolean;
  /** From now on statuses are kept back; messages are still delivered. */
  holdStatuses(): void;
  /** Sends the statuses that were kept back, in their order, and keeps back no more. */
  releaseStatuses(): void;
  ledger(): LedgerLine[];
};

/** An idle network. `changed` hears of every message that appears on a phone or changes there. */
export function createNetwork(options: {
  source: WebhookSource;
  people: People;
  clock: Clock;
  random: SeededRandom;
  scheduler: Scheduler;
  sender: WebhookSender;
  changed: (person: PersonState, message: PhoneMessage) => void;
}): Network {
  const { source, clock, scheduler, sender, changed } = options;
  const ledger: LedgerLine[] = [];
  let heldStatuses: OutgoingWebhook[] | null = null;

  function carry(message: AcceptedMessage): void {
    scheduler.soon(() => {
      if (message.laterFailure !== null) {
        tell(message, { status: 'failed', failure: message.laterFailure });
        return;
      }
      tell(message, { status: 'sent', category: message.category });
      if (message.person !== null) forward(message.person, message);
    });
  }

  /** On its way to the phone. While the phone is offline the letter waits. */
  function forward(person: PersonState, letter: Letter): void {
    person.waiting.set(letter.messageId, letter);
    scheduler.soon(() => {
      if (person.online && person.waiting.delete(letter.messageId)) deliver(person, letter);
    });
  }

  function deliver(person: PersonState, letter: Letter): void {
    const { messageId, text, kind, content, callbackData } = letter;
    const at = clock.now();
    const message: PhoneMessage = {
      id: messageId,
      direction: 'in',
      at,
      text,
      kind,
      content,
      status: 'delivered',
    };
    const unread = { message, callbackData };
    person.messages.push(message);
    person.unread.push(unread);
    ledger.push({ waId: person.waId, messageId, at, body: text });
    tell({ messageId, callbackData, person, typedDigits: null }, { status: 'delivered' });
    changed(person, message);
    if (person.autoRead) scheduler.soon(() => read(person));
  }

  function read(person: PersonState): void {
    for (const { message, callbackData } of person.unread.splice(0)) {
      message.status = 'read';
      tell({ messageId: message.id, callbackData, person, typedDigits: null }, { status: 'read' });
      changed(person, message);
    }
  }

  function write(person: PersonState, text: string): string {
    const at = clock.now();
    const id = createWamid(person.waId, 'person', options.random);
    const content = { kind: 'text', body: text } as const;
    const message: PhoneMessage = { id, direction: 'out', at, text, kind: 'text', content, status: 'sent' };
    person.messages.push(message);
    person.lastWroteAt = at;
    changed(person, message);
    sender.send({
      line: person.waId,
      about: 'message',
      waId: person.waId,
      body: textMessageBody(source, person, message),
      acknowledged: () => {
        // It may have been marked as read by a receiver that acts before it answers.
        if (message.status !== 'sent') return;
        message.status = 'delivered';
        changed(person, message);
      },
    });
    return id;
  }

  function setOnline(person: PersonState, online: boolean): void {
    person.online = online;
    if (online) for (const letter of person.waiting.values()) forward(person, letter);
  }

  function markRead(messageId: string): boolean {
    for (const person of options.people.all()) {
      const written = person.messages.filter((message) => message.direction === 'out');
      const last = written.findIndex((message) => message.id === messageId);
      if (last === -1) continue;
      for (const message of written.slice(0, last + 1)) {
        if (message.status === 'read') continue;
        message.status = 'read';
        changed(person, message);
      }
      return true;
    }
    return false;
  }

  /** Tells the business what became of one of its messages. */
  function tell(message: Told, news: StatusNews): void {
    const { messageId, callbackData, person } = message;
    const waId = person?.waId ?? message.typedDigits;
    const recipient = { waId, userId: person?.userId ?? null, name: person?.name ?? null };
    const webhook = {
      line: waId ?? messageId,
      about: news.status,
      waId,
      body: statusBody(source, { messageId, at: clock.now(), recipient, callbackData }, news),
    };
    if (heldStatuses !== null) heldStatuses.push(webhook);
    else sender.send(webhook);
  }

  function holdStatuses(): void {
    heldStatuses ??= [];
  }

  function releaseStatuses(): void {
    const held = heldStatuses ?? [];
    heldStatuses = null;
    for (const webhook of held) sender.send(webhook);
  }

  return {
    carry,
    write,
    read,
    setOnline,
    markRead,
    holdStatuses,
    releaseStatuses,
    ledger: () => [...ledger],
  };
}

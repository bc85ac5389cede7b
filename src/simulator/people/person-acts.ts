import type { Clock } from '../../runtime/clock.ts';
import { echoBody } from '../bodies/coexistence-body.ts';
import { type AdClick, messageBody, type WrittenContext } from '../bodies/message-body.ts';
import { fieldOf, type PersonNews, personNewsBody } from '../bodies/person-news-body.ts';
import type { WebhookSource } from '../bodies/webhook-envelope.ts';
import type { WebhookPerson } from '../bodies/webhook-person.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { wordsOf } from './content-words.ts';
import type { People, PersonState } from './people.ts';
import type { SharedContent } from './phone-content.ts';
import type { PhoneMessage } from './phone-message.ts';
import type { PostOffice } from './post-office.ts';
import { createWamid } from './wamid.ts';
import type { PersonContent } from './written-content.ts';

/** What stands around what a person writes. */
export type WritingOptions = {
  /** The id of a message that this one answers. */
  replyTo?: string;
  /** Passed on from another chat, once or often. */
  forwarded?: 'once' | 'often';
  /** The advertisement that they tapped to write. */
  adClick?: AdClick;
  /** The product of the answered message that the question is about. */
  product?: { catalogId: string; productRetailerId: string };
  /** The group that it is written in. */
  groupId?: string;
};

/** What people do that a business hears of. */
export type PersonActs = {
  /** The person sends something; the business hears of it, and the window opens. The wamid. */
  write(person: PersonState, source: WebhookSource, content: PersonContent, options?: WritingOptions): string;
  /** The person does something that is no message. */
  tell(person: PersonState, source: WebhookSource, news: PersonNews): void;
  /** The person moves to another number; every business phone that knows them is told (meta-facts §4.2, `system`). */
  changeNumber(person: PersonState, waId: string): void;
  /**
   * Somebody at the business writes to the person in the WhatsApp Business app; other receivers of the number hear it
   * as an echo. The wamid.
   */
  echo(person: PersonState, source: WebhookSource, content: SharedContent): string;
  /** A new id of a call. */
  newCallId(): string;
};

/** The kinds that are no act of writing, so that they open no window (meta-facts §4.2). */
const opensNoWindow: ReadonlySet<PersonContent['kind']> = new Set(['edit', 'revoke', 'request-welcome']);

/** `changed` hears of every message that appears on a phone or changes there. */
export function createPersonActs(options: {
  phones: () => readonly WebhookSource[];
  people: People;
  clock: Clock;
  random: SeededRandom;
  postOffice: PostOffice;
  changed: (person: PersonState, message: PhoneMessage) => void;
}): PersonActs {
  const { clock, random, postOffice, changed } = options;

  function write(
    person: PersonState,
    source: WebhookSource,
    content: PersonContent,
    around: WritingOptions = {},
  ): string {
    const at = clock.now();
    const id = createWamid(person.numberHidden ? source.displayPhoneNumber : person.waId, 'person', random);
    const { phoneNumberId } = source;
    const message: PhoneMessage = {
      id,
      direction: 'out',
      at,
      text: wordsOf(content),
      kind: content.kind,
      content,
      phoneNumberId,
      ...(around.replyTo !== undefined && { answers: around.replyTo }),
      status: 'sent',
    };
    const conversation = person.conversationWith(phoneNumberId);
    const context = contextOf(person, source, around);
    conversation.messages.push(message);
    if (!opensNoWindow.has(content.kind)) conversation.lastWroteAt = at;
    const { adClick = null, groupId = null } = around;
    if (adClick !== null) conversation.freeEntry = { clickedAt: at, freeUntil: null };
    changed(person, message);
    const writer = asWebhookPerson(person);
    const written = { id, at, content, context, adClick, groupId };
    postOffice.tell({
      source,
      line: person.waId,
      about: 'message',
      field: 'messages',
      waId: person.waId,
      body: (shape) => messageBody(source, writer, written, shape),
      acknowledged: () => {
        // It may have been marked as read by a receiver that acts before it answers.
        if (message.status !== 'sent') return;
        message.status = 'delivered';
        changed(person, message);
      },
    });
    return id;
  }

  function tell(person: PersonState, source: WebhookSource, news: PersonNews): void {
    const at = clock.now();
    const subject = asWebhookPerson(person);
    const { phoneNumberId } = source;
    const conversation = person.conversationWith(phoneNumberId);
    if (news.kind === 'marketing-preference') conversation.refusesMarketing = !news.wanted;
    // A call opens the window as a message does (meta-facts §6).
    if (news.kind === 'call-connect') conversation.lastWroteAt = at;
    postOffice.tell({
      source,
      line: person.waId,
      about: news.kind,
      field: fieldOf(news),
      waId: person.waId,
      body: (shape) => personNewsBody(source, subject, at, news, shape),
    });
  }

  function changeNumber(person: PersonState, waId: string): void {
    const formerly = asWebhookPerson(person);
    options.people.move(person, waId);
    for (const source of options.phones()) {
      const known = person.conversations.get(source.phoneNumberId);
      if (known === undefined || known.messages.length === 0) continue;
      const id = createWamid(formerly.waId, 'person', random);
      tell(person, source, { kind: 'number-change', id, formerly });
    }
  }

  function echo(person: PersonState, source: WebhookSource, content: SharedContent): string {
    const at = clock.now();
    const { waId } = person;
    const { phoneNumberId } = source;
    const id = createWamid(person.numberHidden ? source.displayPhoneNumber : waId, 'business', random);
    const conversation = person.conversationWith(phoneNumberId);
    if (!conversation.blocked) {
      const text = wordsOf(content);
      const message: PhoneMessage = {
        id,
        direction: 'in',
        at,
        text,
        kind: content.kind,
        content,
        phoneNumberId,
        status: 'delivered',
      };
      conversation.messages.push(message);
      changed(person, message);
    }
    postOffice.tell({
      source,
      line: waId,
      about: 'echo',
      field: 'smb_message_echoes',
      waId,
      body: (shape) => echoBody(source, { to: waId, id, at, content }, shape),
    });
    return id;
  }

  return { write, tell, changeNumber, echo, newCallId: () => `wacid.${random.hex(32)}` };
}

/** Who wrote the answered message: the business, or the person themselves. */
function contextOf(
  person: PersonState,
  source: WebhookSource,
  { replyTo, forwarded, product }: WritingOptions,
): WrittenContext | null {
  if (forwarded !== undefined) return { kind: 'forwarded', often: forwarded === 'often' };
  if (replyTo === undefined) return null;
  const { messages } = person.conversationWith(source.phoneNumberId);
  const answered = messages.find(({ id }) => id === replyTo);
  const own = person.numberHidden ? null : person.waId;
  const author = answered?.direction === 'out' ? own : source.displayPhoneNumber;
  return { kind: 'reply', messageId: replyTo, author, ...(product !== undefined && { product }) };
}

/** As they are at this moment: a webhook that is told later does not change with them. */
function asWebhookPerson(person: PersonState): WebhookPerson {
  const { waId, userId, name, username, numberHidden } = person;
  return { waId, userId, name, username, numberHidden };
}

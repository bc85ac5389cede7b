import type { Charge } from '../bodies/status-body.ts';
import type { TemplateCategory } from '../templates/template.ts';
import type { PhoneContent } from './phone-content.ts';
import type { PhoneMessage } from './phone-message.ts';

/** A message from the business on its way to a phone. */
export type Letter = {
  messageId: string;
  text: string;
  kind: PhoneContent['kind'];
  content: PhoneContent;
  /** What it is charged as. */
  category: TemplateCategory | 'service';
  /** `biz_opaque_callback_data`, echoed in every status. */
  callbackData: string | null;
  /** The message that it answers; left out for none. */
  answers?: string;
  /** The group that it was sent to; left out for a message to one person. */
  groupId?: string;
};

/** How long a message waits for a phone, in milliseconds (meta-facts §6, TTL). Then it is dropped, and nobody is told. */
const WAITS_FOR = { authentication: 10 * 60 * 1000, others: 30 * 24 * 60 * 60 * 1000 };

/** Until when a message that was accepted at a time waits, both in milliseconds. */
export function waitsUntil(acceptedAt: number, category: Letter['category']): number {
  return acceptedAt + (category === 'authentication' ? WAITS_FOR.authentication : WAITS_FOR.others);
}

/** A message with sound that has arrived: what a status of it needs, and whether it was played already. */
type Recording = { callbackData: string | null; groupId?: string; played: boolean };

/** A message that the phone shows and the person has not looked at; what it costs where no earlier status told it. */
type UnreadMessage = { message: PhoneMessage; callbackData: string | null; charge?: Charge };

/** A click on an advertisement, which makes messages free for a while once it is answered (meta-facts §6). Milliseconds. */
type FreeEntry = { clickedAt: number; freeUntil: number | null };

/** What a person and one business phone have to do with each other. */
export type Conversation = {
  /** When the person last wrote or called, in milliseconds: the start of their window; null when they never did. */
  lastWroteAt: number | null;
  /** What the phone shows, oldest first. */
  messages: PhoneMessage[];
  /** What waits for the phone to come online, oldest first, by message id; `until` in milliseconds. */
  waiting: Map<string, { letter: Letter; until: number }>;
  /** What the business sent to be listened to, by message id. */
  recordings: Map<string, Recording>;
  /** What arrived and was not read yet, oldest first. */
  unread: UnreadMessage[];
  /** The last advertisement that led here; null for none. */
  freeEntry: FreeEntry | null;
  /** The person has blocked the business. */
  blocked: boolean;
  /** The person wants no marketing messages (#131050). */
  refusesMarketing: boolean;
  /** Another app owns the chat, so that ours only looks on. */
  standby: boolean;
  /** Until when the phone shows that the business is typing, in milliseconds (meta-facts §7.2). */
  typingUntil: number;
};

/** Nothing was said yet. */
export function createConversation(): Conversation {
  return {
    lastWroteAt: null,
    messages: [],
    waiting: new Map(),
    recordings: new Map(),
    unread: [],
    freeEntry: null,
    blocked: false,
    refusesMarketing: false,
    standby: false,
    typingUntil: 0,
  };
}

/** Within how long a click has to be answered, and for how long messages are free then (meta-facts §6). */
const ANSWER_WITHIN = 24 * 60 * 60 * 1000;
const FREE_FOR = 72 * 60 * 60 * 1000;

/** Whether what the business sends now is free because of an advertisement; the first answer starts that time. */
export function isFreeEntry(conversation: Conversation, now: number): boolean {
  const { freeEntry } = conversation;
  if (freeEntry === null) return false;
  if (freeEntry.freeUntil === null && now - freeEntry.clickedAt <= ANSWER_WITHIN) {
    freeEntry.freeUntil = now + FREE_FOR;
  }
  return freeEntry.freeUntil !== null && now < freeEntry.freeUntil;
}

import type { CountedConversation, Pricing } from './charge.ts';
import type { EventContents } from './event-content/event-content.ts';
import type { RefusablePurpose } from './opt-out.ts';
import type { Identifier, Person } from './person.ts';
import type { MetaError, StatusName } from './status.ts';

/** Meta's word that a person has another number or user id from now on (meta-facts §4.2, `system`). */
export type IdentityChange = {
  kind: 'number-change' | 'user-id-change';
  /** How the person is named from now on. */
  present: Identifier[];
  /** How they were named until now, or still are; without a number that they left. */
  former: Identifier[];
  /** The number that is not theirs any more, in digits; null when they left none. */
  leftNumber: string | null;
};

/** A message that somebody wrote to a business phone. */
export type MessageFacts = {
  fact: 'message';
  /** Meta's wamid; null in bodies that carry none. */
  messageId: string | null;
  /** Meta's word for the type: `text`, `image`, …, or one invented tomorrow. */
  type: string;
  sender: Person;
  groupId: string | null;
  /** The words of a text message or caption; null for everything else. */
  text: string | null;
  /** What stands on the quick reply of a template that they tapped; null in every other message. */
  quickReply: string | null;
  /** True when this is an act of the person that opens the window; a system notice is none. */
  opensWindow: boolean;
  /** What a system notice says of its sender's own number or user id; null in every other message. */
  change: IdentityChange | null;
};

/** What Meta says about a message that was sent. */
export type StatusFacts = {
  fact: 'status';
  messageId: string;
  name: StatusName;
  participant: string | null;
  recipient: Person;
  groupId: string | null;
  errors: MetaError[];
  callbackData: string | null;
  /** What it is charged as; null in most statuses. */
  pricing: Pricing | null;
  conversation: CountedConversation | null;
};

/** A notice that somebody's user id changed, which is no message. */
export type IdentityFacts = { fact: 'identity'; change: IdentityChange };

/** Somebody called a business phone: like a message, an act of theirs that opens the window (meta-facts §6, §9). */
export type CallFacts = {
  fact: 'call';
  /** Who called. */
  person: Person;
  /** When the call began, in milliseconds; null where only the time of the event itself is told. */
  beganAt: number | null;
};

/** Anything that does not change state in this version; it is kept, shown and forwarded. */
export type OtherFacts = { fact: 'other'; person: Person | null };

/** A person said no to messages of a purpose, or yes again. */
type PreferenceFacts = {
  fact: 'preference';
  person: Person;
  purpose: RefusablePurpose;
  optedOut: boolean;
  /** Meta's sentence, or its word. */
  evidence: string;
};

/** Meta told something of a business phone, an account or a template. */
export type AccountFacts = {
  fact: 'account';
  told: { [Kind in AccountKind]: { kind: Kind; content: EventContents[Kind] } }[AccountKind];
};

/** The kinds of events that are about the business itself. */
type AccountKind = 'phone' | 'account' | 'template' | 'security';

/** What an element by itself says, in our words. */
export type EventFacts = MessageFacts | StatusFacts | IdentityFacts | CallFacts | OtherFacts;

/** What an event says with all that stands around it: all that a fold may look at. */
export type FoldFacts = EventFacts | PreferenceFacts | AccountFacts;

import type { Person } from './person.ts';
import type { MetaError, StatusName } from './status.ts';

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
  /** True when this is an act of the person that opens the window; a system notice is none. */
  opensWindow: boolean;
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
};

/** Anything that does not change state in this version; it is kept, shown and forwarded. */
export type OtherFacts = { fact: 'other'; person: Person | null };

/** What an event says, in our words: all that a fold may look at. */
export type EventFacts = MessageFacts | StatusFacts | OtherFacts;

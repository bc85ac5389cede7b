import type { NamedPerson } from './named-person.ts';

/** What Meta's agent tells of a chat when it hands a message over (meta-facts §4.1, `conversation_context`). */
export type ContextContent = {
  /** The person of the chat; all null when several people are written of, or none. */
  person: NamedPerson;
  /** What has been said until now, as Meta's agent sums it up. */
  summary: string | null;
};

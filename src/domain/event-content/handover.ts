import type { NamedPerson } from './named-person.ts';

/** Somebody else answers a chat from now on (meta-facts §3.1, `messaging_handovers`). */
export type HandoverContent = {
  /** Meta's own word, such as `control_taken`. */
  event: string | null;
  person: NamedPerson;
  /** The business's number as Meta shows it. */
  displayNumber: string | null;
  /** Meta's word for who answered before, such as `ai_agent`. */
  formerOwner: string | null;
  /** Meta's word for who answers now, such as `escalation`. */
  owner: string | null;
};

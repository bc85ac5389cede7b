import type { Message } from '../message-content/message.ts';
import type { NamedPerson } from './named-person.ts';

/** A message that the business wrote elsewhere, such as in the WhatsApp Business app (meta-facts §3.1). */
export type EchoContent = {
  /** The business's number as Meta shows it. */
  from: string | null;
  to: NamedPerson;
  message: Message;
};

import type { Message } from '../message-content/message.ts';
import type { EchoContent } from './echo.ts';
import type { NamedPerson } from './named-person.ts';
import type { StatusContent } from './status.ts';

/** What happens in a chat that somebody else answers (meta-facts §3.1, `standby`). It changes nothing here. */
export type StandbyContent =
  | { form: 'message'; sender: NamedPerson; message: Message }
  | { form: 'status'; status: StatusContent }
  | { form: 'echo'; echo: EchoContent }
  | { form: 'other' };

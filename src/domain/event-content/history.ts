import type { Message } from '../message-content/message.ts';
import type { MetaError } from '../status.ts';
import type { NamedPerson } from './named-person.ts';

/** Earlier chats of a WhatsApp Business app that joined the Cloud API (meta-facts §3.1, §9). */
export type HistoryContent =
  /** A part of it. */
  | {
      form: 'chunk';
      /** Meta sends the history in phases, beginning with 0, the newest. */
      phase: number | null;
      /** The place of this part among those of its phase. */
      chunkOrder: number | null;
      /** How much of the whole has come, in per cent. */
      progress: number | null;
      /** How many chats are in this part. */
      threads: number;
      /** How many messages all of them have. */
      messages: number;
    }
  /** A single message, such as one with the file of an earlier part. */
  | { form: 'message'; sender: NamedPerson; message: Message }
  /** There is none, and why: usually that the business did not allow it. */
  | { form: 'withheld'; errors: MetaError[] }
  | { form: 'other' };

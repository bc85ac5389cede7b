import type { Message } from '../message-content/message.ts';
import type { MetaError } from '../status.ts';
import type { NamedPerson } from './named-person.ts';

/** A message of an earlier chat. */
type HistoryMessage = {
  /** `in` when the person wrote it, `out` when the business did; null when that is not told. */
  direction: 'in' | 'out' | null;
  /** Whoever wrote it: the person, or the business's own number. */
  sender: NamedPerson;
  sentAt: number | null;
  /** What had become of it, in Meta's word, such as `READ` or `PLAYED`. */
  status: string | null;
  message: Message;
};

/** An earlier chat, or a part of one. */
export type HistoryThread = { person: NamedPerson; messages: HistoryMessage[] };

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
      /** The chats in this part. They are no conversations of ours: they open no window and make no contact. */
      threads: HistoryThread[];
    }
  /** A single message, such as one with the file of an earlier part. */
  | { form: 'message'; sender: NamedPerson; message: Message }
  /** There is none, and why: usually that the business did not allow it. */
  | { form: 'withheld'; errors: MetaError[] }
  | { form: 'other' };

import type { Failure, FailureCode } from '../../domain/failure.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Sender } from './send-due.ts';

/** What Meta made of a mark. */
export type MarkReadOutcome =
  | { outcome: 'marked' }
  /** Meta answered with an error envelope. */
  | { outcome: 'refused'; failure: Failure }
  /** Nobody answered, or not in a way that says what became of it. */
  | { outcome: 'unanswered'; reason: string };

/** What marking a conversation as read came to. */
export type MarkedRead =
  | { outcome: 'marked'; messageId: string }
  | Exclude<MarkReadOutcome, { outcome: 'marked' }>
  /** There is no such conversation, or they have written nothing that has an id. */
  | { outcome: 'unknown' }
  | { outcome: 'nothing-to-read' }
  | { outcome: 'no-sender'; failure: FailureCode };

/** Marks the last message of a conversation as read, and with `typing` shows that somebody is typing. */
export type MarkRead = (conversationId: string, typing: boolean) => Promise<MarkedRead>;

/** The last message of theirs in a conversation; `messageId` is null where they have written none. */
export type LastInbound = { lane: Lane; messageId: string | null };

/** Makes the step that marks conversations as read (meta-facts §7.2). It changes nothing here. */
export function createMarkRead(options: {
  /** Null when there is no such conversation. */
  lastInbound(conversationId: string): Promise<LastInbound | null>;
  senderOf(lane: Lane): Sender;
  markRead(request: {
    phoneNumberId: string;
    accessToken: string;
    messageId: string;
    typing: boolean;
  }): Promise<MarkReadOutcome>;
}): MarkRead {
  return async (conversationId, typing) => {
    const last = await options.lastInbound(conversationId);
    if (last === null) return { outcome: 'unknown' };
    const { lane, messageId } = last;
    if (messageId === null) return { outcome: 'nothing-to-read' };
    const sender = options.senderOf(lane);
    if (!sender.ready) return { outcome: 'no-sender', failure: sender.failure };
    const { phoneNumberId, accessToken } = sender;
    const result = await options.markRead({ phoneNumberId, accessToken, messageId, typing });
    return result.outcome === 'marked' ? { outcome: 'marked', messageId } : result;
  };
}

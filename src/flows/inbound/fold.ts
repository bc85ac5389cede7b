import type { FoldFacts } from '../../domain/event-facts.ts';
import type { LaneDraft } from '../lane-draft.ts';

/** Our own event that a notification changed. */
export type NotificationFacts = { fact: 'notification'; notificationId: string };

/** An event as a fold sees it: its place, its times and its facts, nothing of Meta's wire. */
export type FoldEvent = {
  position: number;
  /** Hex. */
  key: string;
  /** Milliseconds; null when Meta gives no believable time. */
  occurredAt: number | null;
  receivedAt: number;
  /** The business phone's number beside it, in digits; null when there is none. */
  businessNumber: string | null;
  /** A re-reading brought it: it may change the state, and nobody is told. */
  replayed: boolean;
  facts: FoldFacts | NotificationFacts;
};

/**
 * One way in which events change state. A fold is pure and idempotent: it may see the same fact twice, and
 * facts in another order than they happened.
 *
 * @param optOutWords what stops marketing messages beside the usual words
 */
export type Fold = (event: FoldEvent, draft: LaneDraft, optOutWords: readonly string[]) => void;

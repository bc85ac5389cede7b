import type { Lane } from './lane.ts';

/** One contact, or one group, with one business phone: the unit of order. */
export type Conversation = {
  /** `cv_` and sixteen characters. */
  id: string;
  lane: Lane;
  contactId: string | null;
  groupId: string | null;
  /** Effective time in milliseconds at which they last wrote or called; null when they never did. */
  lastInboundAt: number | null;
  /** Effective time in milliseconds of the last message in either direction, or of their last call. */
  lastMessageAt: number;
};

/** The 24-hour customer service window of a conversation. */
export type Window = {
  open: boolean;
  /** When it closes or closed, in milliseconds; null when they never wrote. */
  closesAt: number | null;
};

/** The conversation after something came in, at an effective time in milliseconds; in whatever order things come. */
export function withInbound(
  conversation: Conversation,
  { at, opensWindow }: { at: number; opensWindow: boolean },
): Conversation {
  const { lastInboundAt, lastMessageAt } = conversation;
  return {
    ...conversation,
    lastMessageAt: Math.max(lastMessageAt, at),
    lastInboundAt: opensWindow ? Math.max(lastInboundAt ?? at, at) : lastInboundAt,
  };
}

/** How long after a person's last message or call free-form messages are allowed (meta-facts §6). */
const WINDOW_LENGTH = 24 * 60 * 60 * 1000;

/** The window of a conversation at a moment, both in milliseconds. */
export function windowAt(lastInboundAt: number | null, now: number): Window {
  if (lastInboundAt === null) return { open: false, closesAt: null };
  const closesAt = lastInboundAt + WINDOW_LENGTH;
  return { open: now < closesAt, closesAt };
}

/**
 * The time that counts for the window: what Meta says, but never later than the moment of receipt, so that
 * a wrong future stamp cannot hold a window open.
 */
export function effectiveTime(occurredAt: number | null, receivedAt: number): number {
  return occurredAt === null ? receivedAt : Math.min(occurredAt, receivedAt);
}

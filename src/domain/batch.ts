import type { Failure } from './failure.ts';
import type { NotificationState } from './notification.ts';

/**
 * Where a batch is. `open`: rows may still be added, and nothing is sent. `running`: its rows become notifications,
 * a few at a time. `paused`: none of it leaves. `cancelled`: none of it leaves any more.
 */
export const batchStates = ['open', 'running', 'paused', 'cancelled'] as const;

/** Where a batch is. */
export type BatchState = (typeof batchStates)[number];

/** Many messages that were asked for together. Times are milliseconds. */
export type Batch = {
  /** `bt_` and sixteen characters; sorts by the time of making. */
  id: string;
  /** The caller's own words. */
  name: string | null;
  state: BatchState;
  createdAt: number;
  updatedAt: number;
};

/** How far a batch is. */
export type BatchCounts = {
  /** Rows, all of them. */
  total: number;
  /** Rows that are no notifications yet. */
  waiting: number;
  /** Rows that never became one, because they cannot be meant as written. */
  invalid: number;
  /** Its notifications by their state; states of none are left out. */
  states: Partial<Record<NotificationState, number>>;
};

/** What became of one row of a batch. */
export type BatchRow = {
  /** From 1, in the order of the caller's list. */
  number: number;
  to: string;
  reference: string | null;
  /** Null while it waits, and when it cannot be meant as written. */
  notificationId: string | null;
  state: NotificationState | null;
  because: string | null;
  failure: Failure | null;
};

/** Whether anything of a batch may still be sent. */
export function isOver({ state }: Batch, { waiting, states }: BatchCounts): boolean {
  return (
    state === 'cancelled' ||
    (state !== 'open' && waiting + (states.queued ?? 0) + (states.sending ?? 0) === 0)
  );
}

/** The state after somebody wants another one; null when the batch cannot take it. */
export function nextBatchState(state: BatchState, wish: 'resume' | 'pause' | 'cancel'): BatchState | null {
  if (state === 'cancelled') return wish === 'cancel' ? 'cancelled' : null;
  if (wish === 'cancel') return 'cancelled';
  if (wish === 'resume') return 'running';
  return state === 'open' ? null : 'paused';
}

import type { Lane } from '../../domain/lane.ts';
import type { Notification } from '../../domain/notification.ts';
import { afterRestore } from '../../domain/notification-life.ts';
import type { LaneCommit } from '../inbound/fold-lane.ts';
import { draftOf } from '../lane-draft.ts';
import type { Fence, LaneState } from '../lane-state.ts';
import { type SettleStore, settleAttempts } from '../outbound/settle-attempts.ts';

/** What suspending asks of the store. */
export type SuspendStore = SettleStore & {
  readLanes(): Promise<Lane[]>;
  /** Notifications behind a position that are `queued` or `sending`, in the order of taking. */
  readUnsent(lane: Lane, after: number, limit: number): Promise<LaneState>;
  commitLane(commit: LaneCommit): Promise<void>;
};

/** What a database knows that was in use after the backup was made. */
export type LaterKnowledge = {
  /** The ids of the notifications that are `queued` in it. */
  queued: ReadonlySet<string>;
  /** The id of the newest notification in it, the last by its id; null when there is none. */
  newest: string | null;
};

const BATCH = 256;

/**
 * What a database from a backup needs before anybody sends from it: what waited when the backup was made becomes
 * `unknown`, with an event, because it may have been sent since. What nobody can have sent stays `queued`. Results
 * of tries that are not in the state yet are taken in first, since one of them may bring its notification back to
 * `queued`.
 *
 * @param context `now` and `madeAt`, when the backup was made, in milliseconds; `because`: the sentence that each unknown one bears; `later`: what the database knows that the
 *   backup replaces, null when there is none or it cannot be read
 * @returns how many notifications became `unknown`, and how many still wait
 */
export async function suspendUnsent(
  store: SuspendStore,
  context: { now: number; madeAt: number; because: string; later: LaterKnowledge | null },
): Promise<{ suspended: number; waiting: number }> {
  const { now, madeAt, because, later } = context;
  let suspended = 0;
  let waiting = 0;
  for (const lane of await store.readLanes()) {
    const fence: Fence = { lane, number: 0 };
    // As early as anybody can have settled them: the next try is then no later than it really was.
    const settled = { clock: { now: () => madeAt }, jitter: () => 0, settled: () => undefined };
    while (await settleAttempts(fence, store, settled));
    let after = 0;
    for (;;) {
      const state = await store.readUnsent(lane, after, BATCH);
      const last = state.notifications.at(-1);
      if (last === undefined) break;
      after = last.position;
      const doubtful = state.notifications.filter((each) => !certainlyUnsent(each, later, now));
      const draft = draftOf(lane, state);
      for (const notification of doubtful) {
        draft.putNotification(afterRestore(notification, because, now));
      }
      if (doubtful.length > 0) {
        await store.commitLane({ fence, settledAttempts: [], changes: draft.changes() });
      }
      suspended += doubtful.length;
      waiting += state.notifications.length - doubtful.length;
    }
  }
  return { suspended, waiting };
}

/**
 * Whether nobody can have sent a notification since the backup. Where the later database has known it, that one
 * says so: before a send it marks what it sends, durably. Elsewhere only a time that has not come yet is proof.
 */
function certainlyUnsent(notification: Notification, later: LaterKnowledge | null, now: number): boolean {
  const { id, state, nextAttemptAt } = notification;
  if (state !== 'queued' && state !== 'held') return false;
  // Ids sort by the time of taking: what is not younger than its newest one, the later database has known.
  if (later?.newest != null && id <= later.newest) return later.queued.has(id);
  return nextAttemptAt !== null && nextAttemptAt > now;
}

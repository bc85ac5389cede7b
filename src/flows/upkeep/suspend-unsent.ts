import type { Lane } from '../../domain/lane.ts';
import { afterRestore } from '../../domain/notification-life.ts';
import type { LaneCommit } from '../inbound/fold-lane.ts';
import { draftOf } from '../lane-draft.ts';
import type { Fence, LaneState } from '../lane-state.ts';
import { type SettleStore, settleAttempts } from '../outbound/settle-attempts.ts';

/** What suspending asks of the store. */
export type SuspendStore = SettleStore & {
  readLanes(): Promise<Lane[]>;
  /** Notifications that are `queued` or `sending`, in the order of taking. */
  readUnsent(lane: Lane, limit: number): Promise<LaneState>;
  commitLane(commit: LaneCommit): Promise<void>;
};

const BATCH = 256;

/**
 * What a database from a backup needs before anybody sends from it: everything that waited when the backup was
 * made becomes `unknown`, with an event, because it may have been sent since. Results of tries that are not in the
 * state yet are taken in first, since one of them may bring its notification back to `queued`.
 *
 * @param context `because`: the sentence that each of them bears
 * @returns how many notifications became `unknown`
 */
export async function suspendUnsent(
  store: SuspendStore,
  context: { clock: { now(): number }; because: string },
): Promise<number> {
  const { clock, because } = context;
  let suspended = 0;
  for (const lane of await store.readLanes()) {
    const fence: Fence = { lane, number: 0 };
    const settled = { clock, jitter: () => 0, settled: () => undefined };
    while (await settleAttempts(fence, store, settled));
    for (;;) {
      const state = await store.readUnsent(lane, BATCH);
      if (state.notifications.length === 0) break;
      const draft = draftOf(lane, state);
      for (const notification of state.notifications) {
        draft.putNotification(afterRestore(notification, because, clock.now()));
      }
      await store.commitLane({ fence, settledAttempts: [], changes: draft.changes() });
      suspended += state.notifications.length;
    }
  }
  return suspended;
}

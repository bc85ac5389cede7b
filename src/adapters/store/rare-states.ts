import type { NotificationState } from '../../domain/notification.ts';

/**
 * The states that few notifications are in, and that people ask for: of these alone there is an index by state, so that
 * one on its usual way, from `queued` to `read`, writes nothing into it.
 */
const rareStates: readonly NotificationState[] = ['held', 'unknown', 'failed', 'expired', 'cancelled'];

/** SQL that says of a state what its index needs to hear, beside the condition on the state itself; empty for others. */
export function asRareState(state: NotificationState | null): string {
  return state !== null && rareStates.includes(state)
    ? `and state in (${rareStates.map((rare) => `'${rare}'`).join(', ')})`
    : '';
}

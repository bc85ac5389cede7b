/**
 * One business phone's part of the feed and of the state. Account events go to the lane of their WhatsApp
 * Business Account, the rest to `installation`. The owner of a lane is the only one that changes its state.
 */
export type Lane = `phone:${string}` | `waba:${string}` | 'installation';

/** The lane of a business phone, by Meta's `phone_number_id`. */
export function phoneLane(businessPhoneId: string): Lane {
  return `phone:${businessPhoneId}`;
}

/** Meta's `phone_number_id` when the lane belongs to a business phone, else null. */
export function businessPhoneOf(lane: Lane): string | null {
  return lane.startsWith('phone:') ? lane.slice('phone:'.length) : null;
}

/** By what Meta is led here: the app's one callback, or an override of the WhatsApp account or of each phone. */
export const connectionWays = ['app', 'account', 'phone'] as const;

/** One of them. */
export type ConnectionWay = (typeof connectionWays)[number];

/** The parts that the connection to Meta is made of. */
export const connectionParts = [
  'app-callback',
  'account-subscription',
  'phone-callback',
  'registration',
] as const;

/** One of them. */
export type ConnectionPart = (typeof connectionParts)[number];

/**
 * What became of a part: it is `right`; it is `to-change` or `blocked`, in a plan; it was `changed`, or that `failed`.
 */
export const stepOutcomes = ['right', 'to-change', 'blocked', 'changed', 'failed'] as const;

/** One of them. */
export type StepOutcome = (typeof stepOutcomes)[number];

/** Where Meta calls, from the public address of this gateway; null while that is not known. */
export function callbackUrlOf(publicUrl: string | null): string | null {
  return publicUrl === null ? null : `${publicUrl}/webhooks/whatsapp/`;
}

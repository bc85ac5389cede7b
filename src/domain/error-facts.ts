/** The words by which the error catalogue sorts Meta's errors. */

/**
 * Where an error of Meta's comes to light.
 *
 * - `answer`: the answer to the call that sends a message
 * - `failed-status`: a `failed` status, after Meta had accepted the message
 * - `incoming-message`: `errors` of a message that a person sent
 * - `webhook`: `errors` of a webhook's value, about no single message
 * - `management-call`: the answer to a call about numbers, templates or accounts, which sending never meets
 */
export const appearances = [
  'answer',
  'failed-status',
  'incoming-message',
  'webhook',
  'management-call',
] as const;

/** Where an error of Meta's comes to light. */
export type Appearance = (typeof appearances)[number];

/** Who would have to change something, so that it does not come again. */
export const faults = ['you', 'recipient', 'meta', 'nobody'] as const;

/** Who would have to change something. */
export type Fault = (typeof faults)[number];

/** The subjects of errors, those that people meet first at the beginning. */
export const errorFamilyNames = [
  'registration',
  'recipient',
  'withheld',
  'template',
  'request',
  'access',
  'limits',
  'account',
  'service',
  'incoming',
  'template-service',
] as const;

/** The subject of an error. */
export type ErrorFamilyName = (typeof errorFamilyNames)[number];

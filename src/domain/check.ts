/** The links of doctor's chain, in the order in which they are looked at. */
export const checkNames = [
  'configuration',
  'database',
  'graph-api',
  'clock',
  'token',
  'app-secret',
  'phone-id',
  'whatsapp-account',
  'registered',
  'phone-status',
  'display-name',
  'quality',
  'health',
  'app-subscription',
  'account-subscription',
  'overrides',
  'public-url',
  'tls',
  'no-detour',
  'challenge',
  'unaltered',
  'body-limit',
  'answer-time',
  'app-live',
  'message',
  'reply',
] as const;

/** The name of a check: a stable word for programs. */
export type CheckName = (typeof checkNames)[number];

/** What a check came to; `unknown` is never good news. */
export const verdicts = ['green', 'red', 'unknown'] as const;
export type Verdict = (typeof verdicts)[number];

/** What a judgement's sentences are filled with, by name. */
export type CheckFacts = Readonly<Record<string, string>>;

/** A call that was made, and what came back: for people, clipped and without secrets. */
export type Exchanged = { call: string; answer: string };

/** A check and what it is about: a business phone's id, or null for the installation. */
export type CheckPlace = { check: CheckName; subject: string | null };

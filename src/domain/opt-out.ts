import type { HeldIdentifier, Identifier } from './person.ts';
import { phoneNumberVariants } from './phone-number.ts';

/** What people may want no messages of: they can refuse no others. */
export const refusablePurposes = ['marketing'] as const;

/** One of the purposes that people may refuse. */
export type RefusablePurpose = (typeof refusablePurposes)[number];

/** What somebody is known by, as far as an opt-out can hang on it: a number in digits, or a user id (BSUID). */
export type OptOutName = { kind: 'number' | 'user_id'; value: string };

/**
 * A person's word on messages of one purpose: no, or yes again. It hangs on the person's number and user id, not
 * on a contact: so it holds for people who never wrote, and for a contact however it is merged.
 */
export type Preference = {
  purpose: RefusablePurpose;
  optedOut: boolean;
  /** Effective time in milliseconds, and the key of the event that brought it; empty when a caller said it. */
  at: number;
  key: string;
  /** How it is known. */
  evidence: string;
};

/** That a person wants no messages of a purpose. */
export type OptOut = { purpose: RefusablePurpose; since: number; evidence: string };

/** Whether the first of two words on the same thing stands: the later one; of the same moment the `no`. */
export function outweighs(one: Preference, other: Preference): boolean {
  if (one.at !== other.at) return one.at > other.at;
  if (one.optedOut !== other.optedOut) return one.optedOut;
  return one.key > other.key;
}

/** The opt-outs that stand when all is known that a person ever said, in whatever order. */
export function standingOptOuts(preferences: readonly Preference[]): OptOut[] {
  const latest = new Map<RefusablePurpose, Preference>();
  for (const preference of preferences) {
    const known = latest.get(preference.purpose);
    if (known === undefined || outweighs(preference, known)) latest.set(preference.purpose, preference);
  }
  return [...latest.values()]
    .filter(({ optedOut }) => optedOut)
    .map(({ purpose, at, evidence }) => ({ purpose, since: at, evidence }))
    .sort((one, other) => (one.purpose < other.purpose ? -1 : 1));
}

/**
 * The names of a person on which an opt-out hangs. A username, the id of a whole business portfolio and a number that
 * is not theirs any more are left out: they may pass to, or belong to, others.
 */
export function optOutNames(identifiers: readonly (Identifier & Partial<HeldIdentifier>)[]): OptOutName[] {
  const names = identifiers.flatMap(({ kind, value, until = null }): OptOutName[] => {
    if (until !== null) return [];
    if (kind === 'user_id') return [{ kind, value }];
    return kind === 'wa_id' || kind === 'typed' ? [{ kind: 'number', value }] : [];
  });
  return unique(names);
}

/** The names under which an opt-out of such a person may stand: every spelling of a number (meta-facts §4.4). */
export function possibleOptOutNames(identifiers: readonly Identifier[]): OptOutName[] {
  return unique(
    optOutNames(identifiers).flatMap(({ kind, value }): OptOutName[] =>
      kind === 'user_id'
        ? [{ kind, value }]
        : phoneNumberVariants(value).map((spelling) => ({ kind, value: spelling })),
    ),
  );
}

function unique(names: readonly OptOutName[]): OptOutName[] {
  return [...new Map(names.map((name) => [`${name.kind}:${name.value}`, name])).values()];
}

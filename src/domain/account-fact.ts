import type { Lane } from './lane.ts';

/**
 * What Meta told of a business phone, an account or a template. Facts are kept side by side, each with its time,
 * and state is made of them on reading: so it is the same in whatever order they came.
 */
export type AccountFactContent =
  /** What people think of a business phone: Meta's word, such as `FLAGGED` or `UPGRADE`. Never one about its speed. */
  | { name: 'quality'; word: string }
  /** How many people may be written to in a day, such as `TIER_2K`. */
  | { name: 'limit'; limit: string; former: string | null }
  | { name: 'throughput'; word: string }
  | { name: 'display-name'; decision: string; requestedName: string | null; reason: string | null }
  | { name: 'username'; username: string | null; status: string | null }
  | { name: 'restriction'; violation: string | null; restrictions: Restriction[] }
  | { name: 'violation'; violation: string | null }
  /** `SCHEDULE_FOR_DISABLE`, `DISABLE` or `REINSTATE`, and when, in Meta's words. */
  | { name: 'ban'; state: string; date: string | null }
  /** The account came or went: `ACCOUNT_DELETED`, `ACCOUNT_OFFBOARDED`, `ACCOUNT_RECONNECTED`, `VERIFIED_ACCOUNT`. */
  | { name: 'presence'; word: string }
  | { name: 'review'; decision: string }
  /** Something that the business should look at. */
  | {
      name: 'alert';
      type: string | null;
      severity: string | null;
      status: string | null;
      description: string | null;
      /** `BUSINESS`, `PHONE_NUMBER` or `WABA`, and its id: an alert of a whole account may be about one phone. */
      entityType: string | null;
      entityId: string | null;
    }
  /** Something about the PIN: `PIN_CHANGED`, `PIN_RESET_REQUEST` or `PIN_REQUEST_SUCCESS`. */
  | { name: 'security'; word: string }
  | { name: 'template-status'; status: string; reason: string | null; disableDate: string | null }
  | { name: 'template-quality'; quality: string; former: string | null }
  | { name: 'template-category'; category: string; former: string | null }
  /** What Meta will make of the category, and when; null when nothing is planned. */
  | { name: 'template-plan'; category: string | null; changesAt: number | null }
  | { name: 'template-id'; templateId: string };

/** Something that the account may not do; null until Meta says otherwise. */
export type Restriction = { restriction: string | null; expiresAt: number | null };

/** The name of a fact. */
export type AccountFactName = AccountFactContent['name'];

/** What facts of one name hold. */
export type AccountFactOf<Name extends AccountFactName> = Extract<AccountFactContent, { name: Name }>;

/**
 * What a fact is about: a business phone by its id, or by the digits of its number where Meta tells no id (account
 * events carry none: meta-facts §2.6); a whole account by its lane; or a template.
 */
export type AccountSubject = Lane | `number:${string}` | `template:${string}`;

/** One fact with its time. */
export type AccountFact = {
  subject: AccountSubject;
  /** Effective time in milliseconds, and the key of the event that brought it. */
  at: number;
  key: string;
  /** A re-reading brought it: it shows in the state, and nobody is told. */
  replayed: boolean;
  content: AccountFactContent;
};

/** How many facts of one subject and name are kept, the latest ones: enough to say what was before. */
export const KEPT_FACTS = 10;

/** The facts of one name, the latest first. */
export function factsNamed<Name extends AccountFactName>(
  facts: readonly AccountFact[],
  name: Name,
): { at: number; replayed: boolean; content: AccountFactOf<Name> }[] {
  return facts
    .filter((fact) => fact.content.name === name)
    .sort((one, other) => other.at - one.at || (one.key < other.key ? 1 : -1))
    .map(({ at, replayed, content }) => ({ at, replayed, content: content as AccountFactOf<Name> }));
}

/** The facts of each subject. */
export function bySubject(facts: readonly AccountFact[]): Map<AccountSubject, AccountFact[]> {
  return Map.groupBy(facts, ({ subject }) => subject);
}

/** A template as a subject. `language` in Meta's code with an underscore: both spellings occur (meta-facts §3.1). */
export function templateSubject(template: {
  account: Lane;
  name: string;
  language: string | null;
}): AccountSubject {
  const language = template.language?.replace('-', '_') ?? '';
  return `template:${JSON.stringify([template.account, template.name, language])}`;
}

/** The template that a subject names; null for every other subject. */
export function templateOf(
  subject: AccountSubject,
): { account: string; name: string; language: string | null } | null {
  if (!subject.startsWith('template:')) return null;
  const [account, name, language]: string[] = JSON.parse(subject.slice('template:'.length));
  return account === undefined || name === undefined
    ? null
    : { account, name, language: language === undefined || language === '' ? null : language };
}

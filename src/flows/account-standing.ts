import { type AccountFact, type AccountSubject, templateOf } from '../domain/account-fact.ts';
import { phoneLane } from '../domain/lane.ts';
import { phoneNumberVariants } from '../domain/phone-number.ts';
import type { BusinessPhoneView } from './business-phone-contract.ts';

/** Which business phone, account or template a fact is about, as far as the known phones tell. */
export type AccountStanding = {
  /** What is known of a phone: under its id, under its number in any spelling, and under its account. */
  factsOf(phone: BusinessPhoneView, facts: readonly AccountFact[]): AccountFact[];
  /**
   * What an alarm about a subject is about: the id of a business phone, an account, or a template. Null for what is
   * not ours, and for a number of which nobody knows yet whose it is.
   */
  ourSubject(subject: AccountSubject): string | null;
};

/** What the business phones tell of whose account a fact is about. */
export function accountStanding(phones: readonly BusinessPhoneView[]): AccountStanding {
  const byNumber = new Map<string, BusinessPhoneView>();
  for (const phone of phones) for (const number of spellings(phone)) byNumber.set(number, phone);
  const ourAccounts = new Set(
    phones.flatMap(({ origin, wabaId }) => (origin === null || wabaId === null ? [] : [wabaId])),
  );

  function ourAccount(account: string): string | null {
    if (!account.startsWith('waba:')) return account === 'installation' ? account : null;
    const id = account.slice('waba:'.length);
    // Where nobody said which account is ours, all that is signed with our secret is.
    return ourAccounts.size === 0 || ourAccounts.has(id) ? id : null;
  }

  return {
    factsOf(phone, facts) {
      const subjects = new Set<string>([phoneLane(phone.id), ...spellings(phone).map(numberSubject)]);
      if (phone.wabaId !== null) subjects.add(`waba:${phone.wabaId}`);
      return facts.filter(({ subject }) => subjects.has(subject));
    },
    ourSubject(subject) {
      const template = templateOf(subject);
      if (template !== null) {
        const language = template.language === null ? '' : ` (${template.language})`;
        return ourAccount(template.account) === null ? null : `${template.name}${language}`;
      }
      const id = subject.startsWith('phone:') ? subject.slice('phone:'.length) : null;
      const phone = subject.startsWith('number:')
        ? byNumber.get(subject.slice('number:'.length))
        : phones.find((one) => one.id === id);
      if (phone !== undefined) return phone.foreign ? null : phone.id;
      return ourAccount(subject);
    },
  };
}

function spellings({ numbers }: BusinessPhoneView): string[] {
  return numbers.flatMap(phoneNumberVariants);
}

function numberSubject(digits: string): AccountSubject {
  return `number:${digits}`;
}

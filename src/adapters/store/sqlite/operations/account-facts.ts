import {
  type AccountFact,
  type AccountFactName,
  type AccountSubject,
  KEPT_FACTS,
} from '../../../../domain/account-fact.ts';
import type { AlarmCode } from '../../../../domain/alarm.ts';
import type { StoreContext } from '../context.ts';
import { all, run } from '../statement.ts';

/**
 * Keeps facts about the business, inside the caller's transaction. Of each subject and name the latest stay, so
 * that what stays is the same in whatever order they came.
 */
export function putAccountFacts({ database }: StoreContext, facts: readonly AccountFact[]): void {
  for (const { subject, at, key, replayed, content } of facts) {
    const { name, ...value } = content;
    run(
      database,
      `insert into account_facts (subject, name, at, key, value, replayed) values (?, ?, ?, ?, ?, ?)
       on conflict do update set value = excluded.value, replayed = min(replayed, excluded.replayed)`,
      subject,
      name,
      at,
      key,
      JSON.stringify(value),
      replayed ? 1 : 0,
    );
    run(
      database,
      `delete from account_facts where subject = ? and name = ? and (at, key) in
         (select at, key from account_facts where subject = ? and name = ?
          order by at desc, key desc limit -1 offset ?)`,
      subject,
      name,
      subject,
      name,
      KEPT_FACTS,
    );
  }
}

/** All facts about one subject. */
export function readFactsOf({ database }: StoreContext, subject: AccountSubject): AccountFact[] {
  return all<FactRow>(database, 'select * from account_facts where subject = ?', subject).map(factOfRow);
}

type FactRow = {
  subject: AccountSubject;
  name: AccountFactName;
  at: number;
  key: string;
  value: string;
  replayed: number;
};

/** The facts of some names, about whatever subject. */
export function readAccountFacts(
  { database }: StoreContext,
  names: readonly AccountFactName[],
): AccountFact[] {
  return names.flatMap((wanted) =>
    all<FactRow>(database, 'select * from account_facts where name = ?', wanted).map(factOfRow),
  );
}

function factOfRow({ subject, name, at, key, value, replayed }: FactRow): AccountFact {
  return { subject, at, key, replayed: replayed === 1, content: { ...JSON.parse(value), name } };
}

/** The business phones of which an open alarm says that Meta does not know them as registered. */
export function unregisteredPhones({ database }: StoreContext): string[] {
  const code: AlarmCode = 'business-phone-not-registered';
  return all<{ subject: string }>(
    database,
    'select subject from alarms where code = ? and resolved_at is null',
    code,
  ).map(({ subject }) => subject);
}

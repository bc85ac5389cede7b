import type { AccountFact, AccountFactName, AccountSubject } from '../../../../domain/account-fact.ts';
import type { AlarmCode } from '../../../../domain/alarm.ts';
import type { PostgresContext } from '../context.ts';

type FactRow = {
  subject: AccountSubject;
  name: AccountFactName;
  at: number;
  key: string;
  value: string;
  replayed: number;
};

/** The facts of some names, about whatever subject. */
export async function readAccountFacts(
  { database }: PostgresContext,
  names: readonly AccountFactName[],
): Promise<AccountFact[]> {
  const rows = await database.all<FactRow>(
    'select * from account_facts where name = any($1::text[]) order by name, subject, at, key',
    names,
  );
  return rows.map(factOfRow);
}

/** All facts about one subject. */
export async function readFactsOf(
  { database }: PostgresContext,
  subject: AccountSubject,
): Promise<AccountFact[]> {
  const rows = await database.all<FactRow>(
    'select * from account_facts where subject = $1 order by name, at, key',
    subject,
  );
  return rows.map(factOfRow);
}

function factOfRow({ subject, name, at, key, value, replayed }: FactRow): AccountFact {
  return { subject, at, key, replayed: replayed === 1, content: { ...JSON.parse(value), name } };
}

/** The business phones of which an open alarm says that Meta does not know them as registered. */
export async function unregisteredPhones({ database }: PostgresContext): Promise<string[]> {
  const code: AlarmCode = 'business-phone-not-registered';
  const rows = await database.all<{ subject: string }>(
    'select subject from alarms where code = $1 and resolved_at is null order by id',
    code,
  );
  return rows.map(({ subject }) => subject);
}

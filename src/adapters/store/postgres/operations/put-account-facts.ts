import { type AccountFact, KEPT_FACTS } from '../../../../domain/account-fact.ts';
import type { Statement } from '../database.ts';
import { rowsParameter } from '../safe-text.ts';

/**
 * Keeps facts about the business. Of each subject and name the latest stay, so that what stays is the same in whatever
 * order they came.
 */
export function putAccountFacts(facts: readonly AccountFact[]): Statement[] {
  if (facts.length === 0) return [];
  const rows = facts.map(({ subject, at, key, replayed, content: { name, ...value } }, place) => ({
    subject,
    name,
    at,
    key,
    value: JSON.stringify(value),
    replayed: replayed ? 1 : 0,
    place,
  }));
  return [
    {
      sql: `insert into account_facts (subject, name, at, key, value, replayed)
        select distinct on (subject, name, at, key) subject, name, at, key, value,
          min(replayed) over (partition by subject, name, at, key)
        from json_to_recordset($1::json) as given (subject text, name text, at bigint, key text, value text,
          replayed smallint, place bigint)
        order by subject, name, at, key, place desc
        on conflict (subject, name, at, key) do update set value = excluded.value,
          replayed = least(account_facts.replayed, excluded.replayed)`,
      values: [rowsParameter(rows)],
    },
    {
      sql: `delete from account_facts using (
          select subject, name, at, key,
            row_number() over (partition by subject, name order by at desc, key desc) as rank
          from account_facts where (subject, name) in (
            select subject, name from json_to_recordset($1::json) as given (subject text, name text))
        ) as ranked
        where rank > $2 and account_facts.subject = ranked.subject and account_facts.name = ranked.name
          and account_facts.at = ranked.at and account_facts.key = ranked.key`,
      values: [rowsParameter(rows), KEPT_FACTS],
    },
  ];
}

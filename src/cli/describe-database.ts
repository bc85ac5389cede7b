import type { DatabaseFacts } from '../offline.ts';
import { localTime } from './local-time.ts';

/** What a database holds, in lines. */
export function describeDatabase(facts: DatabaseFacts): string[] {
  const { schema, webhooks, events, contacts, notifications, newestEventAt } = facts;
  return [
    `Holds     ${webhooks} webhooks, ${events} events, ${contacts} contacts, ${notifications} notifications; schema ${schema}`,
    newestEventAt === null
      ? 'Up to     no event yet'
      : `Up to     ${localTime(new Date(newestEventAt).toISOString())}`,
  ];
}

import type { DatabaseFacts } from '../offline.ts';
import { localTime } from './local-time.ts';

/** What a database holds, as JSON shows it: times as ISO texts. */
export function shownFacts({ newestEventAt, ...facts }: DatabaseFacts) {
  return {
    ...facts,
    newestEventAt: newestEventAt === null ? null : new Date(newestEventAt).toISOString(),
  };
}

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

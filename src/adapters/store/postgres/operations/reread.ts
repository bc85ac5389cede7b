import type {
  ReadAgain,
  Reading,
  RereadScope,
  StoredWebhook,
  Understood,
} from '../../../../flows/inbound/reread.ts';
import { readBodies } from '../bodies.ts';
import type { PostgresContext } from '../context.ts';
import { keepReadings } from './keep-readings.ts';
import { findStoredReadings, hexOf } from './stored-readings.ts';

/** What one reading takes at most: a transaction of some 10 ms, which acknowledgements wait for. */
const MOST_WEBHOOKS = 64;
const MOST_BYTES = 512 * 1024;

/** How many stored webhooks a scope holds, and the id of the newest. */
export async function countWebhooks(
  { database }: PostgresContext,
  scope: RereadScope,
): Promise<{ count: number; last: number }> {
  const row = await database.get<{ count: number; last: number | null }>(
    `select count(*) as count, max(id) as last from webhooks
     where ($1::bigint is null or id = $1) and ($2::bigint is null or received_at >= $2)`,
    scope.webhookId,
    scope.since,
  );
  return { count: row?.count ?? 0, last: row?.last ?? 0 };
}

type WebhookRow = {
  id: number;
  received_at: number;
  secret: string;
  length: number;
  redacted_at: number | null;
};

/** The next stored webhooks of a scope behind an id: at least one, while there is one. */
export async function readWebhooks(
  { database }: PostgresContext,
  scope: RereadScope,
  after: number,
): Promise<StoredWebhook[]> {
  const found = await database.all<WebhookRow>(
    `select id, received_at, secret, length, redacted_at from webhooks
     where id > $1 and ($2::bigint is null or id = $2) and ($3::bigint is null or received_at >= $3)
     order by id limit $4`,
    after,
    scope.webhookId,
    scope.since,
    MOST_WEBHOOKS,
  );
  let bytes = 0;
  const few = found.filter(({ length }, index) => {
    bytes += length;
    return index === 0 || bytes <= MOST_BYTES;
  });
  const bodyOf = await readBodies(
    database,
    few.map(({ id }) => id),
  );
  return few.map(({ id, received_at, secret, redacted_at }) => ({
    id,
    receivedAt: received_at,
    secretFingerprint: secret,
    body: bodyOf(id).received,
    redacted: redacted_at !== null,
  }));
}

/** What is better understood in these readings than in the feed; writes nothing. */
export async function compareReadings(
  { database }: PostgresContext,
  readings: Reading[],
): Promise<Understood[]> {
  const stored = await findStoredReadings(database, readings);
  return readings.flatMap(({ webhookId, events }) =>
    events.flatMap((event): Understood[] => {
      const judged = stored.judge(event, webhookId);
      if (judged === 'as before') return [];
      const key = judged === 'new' ? nameOf(event) : judged.key;
      return [{ key, kind: event.kind, was: judged === 'new' ? null : judged.kind }];
    }),
  );
}

/** A new event without id and time has no key yet: its subject and content tell it from others. */
function nameOf({ identity, digest }: ReadAgain): string {
  return 'key' in identity ? hexOf(identity.key) : hexOf(identity.undatedSubject) + hexOf(digest);
}

/** Upgrades in place what is better understood, and appends what is not in the feed, in one transaction. */
export async function applyReadings(
  context: PostgresContext,
  readings: Reading[],
  now: number,
): Promise<Understood[]> {
  const lanes = await context.ensureLanes(readings.flatMap(({ events }) => events.map(({ lane }) => lane)));
  return context.database.transaction((statements) => keepReadings(statements, readings, { lanes, now }));
}

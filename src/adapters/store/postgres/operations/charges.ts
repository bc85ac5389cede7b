import type { Charge, ChargeCount } from '../../../../domain/charge.ts';
import type { Lane } from '../../../../domain/lane.ts';
import type { PostgresContext } from '../context.ts';

type ChargeRow = {
  message: Buffer;
  at: number;
  key: string;
  billable: number | null;
  model: string | null;
  type: string | null;
  category: string | null;
  conversation: string | null;
  origin: string | null;
  expires_at: number | null;
};

/** What messages were charged as, by their wamids; of those of which Meta has told. */
export async function readCharges(
  { database, messageReference }: PostgresContext,
  messageIds: readonly string[],
): Promise<Map<string, Charge>> {
  if (messageIds.length === 0) return new Map();
  const ids = new Map(messageIds.map((id) => [Buffer.from(messageReference(id)).toString('hex'), id]));
  const rows = await database.all<ChargeRow>(
    `select * from charges where message in (select decode(digits, 'hex') from unnest($1::text[]) as digits)`,
    [...ids.keys()],
  );
  return new Map(
    rows.flatMap((row): [string, Charge][] => {
      const messageId = ids.get(row.message.toString('hex'));
      return messageId === undefined ? [] : [[messageId, chargeOfRow(messageId, row)]];
    }),
  );
}

function chargeOfRow(messageId: string, row: ChargeRow): Charge {
  const { at, key, model, type, category, conversation, origin, expires_at: expiresAt } = row;
  const isCounted = conversation !== null || origin !== null || expiresAt !== null;
  return {
    messageId,
    at,
    key,
    pricing: { billable: flagOf(row.billable), model, type, category },
    conversation: isCounted ? { id: conversation, origin, expiresAt } : null,
  };
}

/**
 * Whether a message failed in the end, by the rules of a notification's life: nobody has got it, and of everybody
 * whom a status speaks of it is told that it failed.
 */
const FAILED = `(exists (select 1 from statuses where message = charges.message and name = 'failed')
  and not exists (
    select 1 from statuses reached where reached.message = charges.message and (
      reached.name in ('delivered', 'read', 'played')
      or not exists (
        select 1 from statuses where message = reached.message and participant = reached.participant
          and name = 'failed'))))`;

/** How many messages were charged alike between two moments in milliseconds, by one business phone's lane or by all. */
export async function countCharges(
  { database, laneId }: PostgresContext,
  scope: { from: number; until: number; lane: Lane | null },
): Promise<ChargeCount[]> {
  const lane = scope.lane === null ? null : ((await laneId(scope.lane)) ?? 0);
  // Sorted as the other engine groups: what is not told comes first.
  const rows = await database.all<Omit<ChargeCount, 'billable'> & { billable: number | null }>(
    `select billable, model, type, category, ${FAILED} as failed, count(*) as messages,
       count(distinct conversation) as conversations
     from charges where at >= $1 and at < $2 and ($3::integer is null or lane = $3)
     group by billable, model, type, category, failed
     order by billable nulls first, model nulls first, type nulls first, category nulls first, failed`,
    scope.from,
    scope.until,
    lane,
  );
  return rows.map(({ billable, ...count }) => ({ ...count, billable: flagOf(billable) }));
}

function flagOf(value: number | null): boolean | null {
  return value === null ? null : value === 1;
}

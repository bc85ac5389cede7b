import type { Charge, ChargeCount } from '../../../../domain/charge.ts';
import type { Lane } from '../../../../domain/lane.ts';
import type { StoreContext } from '../context.ts';
import { all, get, run } from '../statement.ts';

/** Keeps what a message was charged as, unless an earlier status told it; inside the caller's transaction. */
export function putCharge(context: StoreContext, laneId: number, charge: Charge): void {
  const { pricing, conversation } = charge;
  run(
    context.database,
    `insert into charges (message, lane, at, key, billable, model, type, category, conversation, origin, expires_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (message) do update set lane = excluded.lane, at = excluded.at, key = excluded.key,
       billable = excluded.billable, model = excluded.model, type = excluded.type, category = excluded.category,
       conversation = excluded.conversation, origin = excluded.origin, expires_at = excluded.expires_at
     where excluded.at < charges.at or (excluded.at = charges.at and excluded.key < charges.key)`,
    context.messageReference(charge.messageId),
    laneId,
    charge.at,
    charge.key,
    pricing.billable === null ? null : pricing.billable ? 1 : 0,
    pricing.model,
    pricing.type,
    pricing.category,
    conversation?.id ?? null,
    conversation?.origin ?? null,
    conversation?.expiresAt ?? null,
  );
}

type ChargeRow = {
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

/** What a message was charged as; null while Meta has not told. */
export function readCharge(context: StoreContext, messageId: string): Charge | null {
  const row = get<ChargeRow>(
    context.database,
    'select * from charges where message = ?',
    context.messageReference(messageId),
  );
  if (row === undefined) return null;
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
const FAILED = `exists (select 1 from statuses where message = charges.message and name = 'failed')
  and not exists (
    select 1 from statuses reached where reached.message = charges.message and (
      reached.name in ('delivered', 'read', 'played')
      or not exists (
        select 1 from statuses where message = reached.message and participant = reached.participant
          and name = 'failed')))`;

/** How many messages were charged alike between two moments in milliseconds, by one business phone's lane or by all. */
export function countCharges(
  { database, laneId }: StoreContext,
  scope: { from: number; until: number; lane: Lane | null },
): ChargeCount[] {
  const lane = scope.lane === null ? null : (laneId(scope.lane) ?? 0);
  return all<Omit<ChargeCount, 'billable' | 'failed'> & { billable: number | null; failed: number }>(
    database,
    `select billable, model, type, category, ${FAILED} as failed, count(*) as messages, count(distinct conversation) as conversations
     from charges where at >= ? and at < ? and (? is null or lane = ?)
     group by billable, model, type, category, failed`,
    scope.from,
    scope.until,
    lane,
    lane,
  ).map(({ billable, failed, ...count }) => ({ ...count, billable: flagOf(billable), failed: failed === 1 }));
}

function flagOf(value: number | null): boolean | null {
  return value === null ? null : value === 1;
}

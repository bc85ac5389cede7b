/**
 * What Meta charges for a message. Meta tells it with a status and sends no amounts, so what is kept is what it
 * was charged as; the invoice decides.
 */

/** What a status tells of what its message costs (meta-facts §4.3). All of it may be missing. */
export type Pricing = {
  /** Whether it is charged; null when Meta does not say. */
  billable: boolean | null;
  /** `CBP`, by conversation, until July 2025; `PMP`, by message, since. */
  model: string | null;
  /** Such as `regular`, `free_customer_service` or `free_entry_point`; since July 2025. */
  type: string | null;
  /** Such as `utility`, `marketing` or `service`. */
  category: string | null;
};

/** The conversation that Meta counts a message to; left out by Meta since Graph v24, except after an advertisement. */
export type CountedConversation = {
  id: string | null;
  /** When it ends; Meta tells it with `sent` only. Milliseconds. */
  expiresAt: number | null;
  /** Meta's word for what began it, such as `marketing`, `service` or `group_marketing`. */
  origin: string | null;
};

/**
 * The charge of one message. Meta tells pricing once, with `sent` or with what follows it (meta-facts §4.3), and
 * some bodies repeat it: of several tellings the first by (time, key) stands, whatever came first here.
 */
export type Charge = {
  messageId: string;
  /** Effective time in milliseconds of the status that told it. */
  at: number;
  key: string;
  pricing: Pricing;
  conversation: CountedConversation | null;
};

/** Whether something is charged, as far as Meta has told. */
export type ChargeStanding = 'charged' | 'free' | 'unknown';

/**
 * Whether a message is charged. Meta says so by `billable`, which it is going to leave out; then the type says it
 * (meta-facts §4.3).
 */
export function standingOf({ billable, type }: Pick<Pricing, 'billable' | 'type'>): ChargeStanding {
  if (billable !== null) return billable ? 'charged' : 'free';
  if (type === null) return 'unknown';
  if (type.startsWith('free_')) return 'free';
  return type === 'regular' ? 'charged' : 'unknown';
}

/** Messages that were charged alike. */
export type ChargeCount = Pricing & {
  /** Whether they failed in the end, although Meta told a price. */
  failed: boolean;
  messages: number;
  /** The conversations among them that Meta named. */
  conversations: number;
};

/** Prices as the operator types them: by category, for one message or conversation. */
export type Prices = Readonly<Record<string, { price: string; currency: string }>>;

/** An amount of money: a decimal number as text, and the three letters of its currency. */
type Amount = { amount: string; currency: string };

/** What was charged of one category and pricing type. */
type CostLine = {
  category: string | null;
  type: string | null;
  model: string | null;
  /** What is counted: Meta charged for conversations until July 2025, for messages since (meta-facts §6). */
  unit: 'message' | 'conversation';
  charged: number;
  free: number;
  unknown: number;
  /** The messages that Meta priced and that failed in the end: they are in none of the others. */
  failed: number;
  /** By the operator's own prices; null when there is none for the category. */
  estimate: Amount | null;
};

/** What a month cost. */
export type Costs = {
  lines: CostLine[];
  /** One for each currency, of the lines that have a price. */
  estimates: Amount[];
  /** How many charged messages and conversations have no price, so that the estimates leave them out. */
  unpriced: number;
};

/** The costs that counts and prices give: a line for each category, pricing type and model, in alphabetical order. */
export function costsOf(counts: readonly ChargeCount[], prices: Prices): Costs {
  const lines = new Map<string, CostLine>();
  for (const count of counts) {
    const { category, type, model } = count;
    const key = JSON.stringify([category, type, model]);
    const unit = model === 'CBP' && count.conversations > 0 ? 'conversation' : 'message';
    const line = lines.get(key) ?? {
      category,
      type,
      model,
      unit,
      charged: 0,
      free: 0,
      unknown: 0,
      failed: 0,
      estimate: null,
    };
    if (count.failed) line.failed += count.messages;
    else line[standingOf(count)] += unit === 'conversation' ? count.conversations : count.messages;
    lines.set(key, line);
  }
  const sorted = [...lines.entries()].sort(([one], [other]) => (one < other ? -1 : 1));
  const priced = sorted.map(([, line]) => ({ ...line, estimate: estimateOf(line, prices) }));
  return {
    lines: priced,
    estimates: totals(priced.flatMap(({ estimate }) => estimate ?? [])),
    unpriced: priced.reduce((sum, line) => sum + (line.estimate === null ? line.charged : 0), 0),
  };
}

function estimateOf({ category, charged }: CostLine, prices: Prices): Amount | null {
  const price = category !== null && Object.hasOwn(prices, category) ? prices[category] : undefined;
  if (price === undefined) return null;
  return { amount: written(millionths(price.price) * BigInt(charged)), currency: price.currency };
}

function totals(amounts: readonly Amount[]): Amount[] {
  const sums = new Map<string, bigint>();
  for (const { amount, currency } of amounts) {
    sums.set(currency, (sums.get(currency) ?? 0n) + millionths(amount));
  }
  return [...sums.entries()].sort().map(([currency, sum]) => ({ amount: written(sum), currency }));
}

/** A price as it may be typed: up to six places behind the point, as in Meta's own price lists. */
export const pricePattern = /^\d{1,9}(\.\d{1,6})?$/;

/** In whole millionths, so that no sum is rounded. */
function millionths(price: string): bigint {
  const [whole = '0', part = ''] = price.split('.');
  return BigInt(whole + part.padEnd(6, '0'));
}

function written(amount: bigint): string {
  const digits = String(amount).padStart(7, '0');
  const part = digits.slice(-6).replace(/0{1,4}$/, '');
  return `${digits.slice(0, -6)}.${part}`;
}

import type { TemplateCategory } from '../templates/template.ts';

/** What Meta's words for a price are (meta-facts §4.3, `pricing.type`); all but `regular` are free. */
export type PriceType = 'regular' | 'free_customer_service' | 'free_entry_point';

/** From when messages without a template, and utility templates in the window, are charged (meta-facts §6 "Pricing"). */
const SERVICE_CHARGED_FROM = Date.UTC(2026, 9, 1);

/** Delivered messages without a template that stay free, for each number and month (meta-facts §6 "Pricing"). */
const FREE_SERVICE_MESSAGES = 1_000;

/**
 * What a message is charged as (meta-facts §6 "Pricing"). Meta's rules of October 2026 are known from excerpts only, so
 * `rules` can hold them off.
 *
 * @param message `at` in milliseconds; `servicesBefore` counts the messages without a template that were delivered
 *   earlier in the same month
 */
export function priceOf(
  message: {
    category: TemplateCategory | 'service';
    at: number;
    windowOpen: boolean;
    freeEntryPoint: boolean;
    servicesBefore: number;
  },
  rules: 'by-date' | 'before-october-2026',
): PriceType {
  const { category, windowOpen, freeEntryPoint, servicesBefore } = message;
  if (freeEntryPoint) return 'free_entry_point';
  const charged = rules === 'by-date' && message.at >= SERVICE_CHARGED_FROM;
  if (category === 'service') {
    return charged && servicesBefore >= FREE_SERVICE_MESSAGES ? 'regular' : 'free_customer_service';
  }
  return category === 'utility' && windowOpen && !charged ? 'free_customer_service' : 'regular';
}

/** Counts messages without a template by number and month, which is that of UTC: Meta does not say whose it is. */
export function createServiceCount(): {
  before(phoneNumberId: string, at: number): number;
  add(phoneNumberId: string, at: number): void;
} {
  const counts = new Map<string, number>();
  const key = (phoneNumberId: string, at: number) =>
    `${phoneNumberId} ${new Date(at).toISOString().slice(0, 7)}`;
  return {
    before: (phoneNumberId, at) => counts.get(key(phoneNumberId, at)) ?? 0,
    add(phoneNumberId, at) {
      const month = key(phoneNumberId, at);
      counts.set(month, (counts.get(month) ?? 0) + 1);
    },
  };
}

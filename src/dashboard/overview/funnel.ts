import type { NotificationTotalsBody } from '../../client/generated.ts';

/** How many came at least so far. */
export type Steps = { taken: number; sent: number; delivered: number; read: number; failed: number };

/** What became of notifications, step by step: what was read was also delivered, sent and taken. */
export function stepsOf(totals: NotificationTotalsBody['data']): Steps {
  const count = (...wanted: string[]) =>
    totals.filter(({ state }) => wanted.includes(state)).reduce((sum, line) => sum + line.count, 0);
  return {
    taken: totals.reduce((sum, line) => sum + line.count, 0),
    sent: count('accepted', 'sent', 'delivered', 'read'),
    delivered: count('delivered', 'read'),
    read: count('read'),
    failed: count('failed', 'expired', 'unknown'),
  };
}

/** What a process of the bench can be asked to do. */
export type Orders = Record<string, (value: never) => unknown>;

/** An order as it crosses to the process, and its answer. */
export type OrderCall = { id: number; order: string; value: unknown };
export type OrderAnswer = { id: number; value: unknown } | { id: number; failure: string };

/** Carries out orders that the bench sends, and ends when the bench does. */
export function serve(orders: Orders): void {
  process.on('message', async (call: OrderCall) => {
    let answer: OrderAnswer;
    try {
      const carryOut = orders[call.order];
      if (carryOut === undefined) throw new Error(`There is no order ${call.order}.`);
      answer = { id: call.id, value: await carryOut(call.value as never) };
    } catch (failure) {
      answer = { id: call.id, failure: failure instanceof Error ? (failure.stack ?? '') : String(failure) };
    }
    process.send?.(answer);
  });
  process.on('disconnect', () => process.exit(0));
}

/** Megabytes of memory that this process holds. */
export function residentMegabytes(): number {
  return process.memoryUsage.rss() / 1024 / 1024;
}

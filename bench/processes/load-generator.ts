import { runClosedLoop } from '../load/closed-loop.ts';
import { runOpenLoop } from '../load/open-loop.ts';
import { createPreparedRequests } from '../load/prepared-requests.ts';
import { serve } from './serve.ts';

const prepareRequests = createPreparedRequests();
let requests: Buffer[] = [];

const orders = {
  /** Signs so many new webhooks, before anything is measured. */
  prepare(count: number): void {
    requests = prepareRequests(count);
  },
  closedLoop: (options: Parameters<typeof runClosedLoop>[1]) => runClosedLoop(requests, options),
  openLoop: (options: Parameters<typeof runOpenLoop>[1]) => runOpenLoop(requests, options),
};

/** Sends webhooks; in a process of its own, so that it measures others and not itself. */
export type LoadGenerator = typeof orders;

serve(orders);

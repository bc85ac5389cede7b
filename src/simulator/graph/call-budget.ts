import type { Clock } from '../../runtime/clock.ts';
import { type GraphProblem, problem } from './graph-error.ts';

/** Calls an hour of one app about one WhatsApp account, without and with a registered number (meta-facts §6). */
const CALLS_WITHOUT_NUMBER = 200;
const CALLS_WITH_NUMBER = 5_000;
const HOUR = 60 * 60 * 1000;

/** Counts the management calls of each app about each WhatsApp account. */
export type CallBudget = {
  /** @returns why the call is refused (#80007); null when it is taken */
  spend(call: { appId: string; wabaId: string; registered: boolean }): GraphProblem | null;
};

/** A full budget; an hour of simulated time gives back what was spent in it. */
export function createCallBudget(clock: Clock): CallBudget {
  const spent = new Map<string, number[]>();
  return {
    spend({ appId, wabaId, registered }) {
      const now = clock.now();
      const key = `${appId} ${wabaId}`;
      const calls = (spent.get(key) ?? []).filter((at) => at > now - HOUR);
      const most = registered ? CALLS_WITH_NUMBER : CALLS_WITHOUT_NUMBER;
      spent.set(key, calls);
      if (calls.length >= most) {
        return problem(80007, `More than ${most} calls an hour for this WhatsApp Business Account.`);
      }
      calls.push(now);
      return null;
    },
  };
}

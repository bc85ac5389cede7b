import type { Misbehaving } from '../delivery/misbehaviour.ts';
import type { Scheduler } from '../time/scheduler.ts';
import type { AnswerFaults } from './graph-server.ts';
import type { ReadCall } from './read-call.ts';

/** Which sends are refused, answered late or never. Other calls are always answered. */
export function createAnswerFaults(misbehaving: Misbehaving, scheduler: Scheduler): AnswerFaults {
  const falls = (call: ReadCall, fault: Parameters<Misbehaving['ofCall']>[0]) =>
    call.path.endsWith('/messages') && misbehaving.ofCall(fault);
  return {
    refuse: (call) => (falls(call, 'server-error') ? 131000 : null),
    loses: (call) => falls(call, 'lost-answer'),
    // Everything that follows from the send by itself happens, and is told, before its answer.
    holds: (call) => (falls(call, 'status-before-answer') ? scheduler.drain() : null),
  };
}

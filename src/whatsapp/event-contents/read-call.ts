import type { CallContent } from '../../domain/event-content/call.ts';
import type { JsonObject } from '../../domain/json.ts';
import { readMetaErrors } from '../element-facts.ts';
import { readDecimal, readMilliseconds, readObject, readText } from '../wire-values.ts';
import type { Around } from './around.ts';
import { readNamedPerson } from './read-named-person.ts';

const directions: ReadonlyMap<string, 'in' | 'out'> = new Map([
  ['USER_INITIATED', 'in'],
  ['BUSINESS_INITIATED', 'out'],
]);

/** An element of `calls`, or of the `statuses` of the field `calls` (meta-facts §3.1). */
export function readCall(call: JsonObject, { list }: Around): CallContent {
  const event = readText(call.event);
  const status = readText(call.status);
  const common = {
    callId: readText(call.id),
    event,
    direction: directions.get(readText(call.direction) ?? '') ?? null,
    person: readNamedPerson('call', call),
    callbackData: readText(call.biz_opaque_callback_data),
    errors: readMetaErrors(call.errors),
  };
  if (event === 'connect') return { form: 'connect', ...common, session: readSession(call) };
  if (event === 'terminate') {
    return {
      form: 'terminate',
      ...common,
      outcome: status,
      startedAt: readMilliseconds(call.start_time),
      endedAt: readMilliseconds(call.end_time),
      durationSeconds: readDecimal(call.duration),
    };
  }
  if (event !== null || (list !== 'statuses' && status === null)) return { form: 'other', ...common };
  // Meta tells statuses of calls that the business makes only.
  return { form: 'status', ...common, event: status, direction: common.direction ?? 'out' };
}

function readSession(call: JsonObject): Extract<CallContent, { form: 'connect' }>['session'] {
  const session = readObject(call.session);
  return session && { sdpType: readText(session.sdp_type), sdp: readText(session.sdp) };
}

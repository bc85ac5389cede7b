import type { JsonObject } from '../../domain/json.ts';
import type { OutgoingWebhook, WebhookReport } from '../delivery/outgoing-webhook.ts';
import type { RecordedRequest } from '../graph/graph-server.ts';
import type { PhoneMessage } from '../people/phone-message.ts';

/** One thing that happened, in the order in which it did; times in milliseconds of simulated time. */
export type RunEvent =
  /** A message of the business appeared on a phone. */
  | { kind: 'received'; at: number; waId: string; message: PhoneMessage }
  /** A person wrote something. */
  | { kind: 'written'; at: number; waId: string; message: PhoneMessage }
  /** A webhook was made, to be handed over. */
  | { kind: 'told'; at: number; about: string; waId: string | null; body: JsonObject }
  /** A try to hand over a webhook ended. */
  | { kind: 'webhook'; at: number; report: WebhookReport }
  /** A call of the Graph API was answered. */
  | { kind: 'call'; at: number; request: RecordedRequest };

/** What the simulator publishes, as far as it is logged. */
type Change =
  | { kind: 'message'; waId: string; message: PhoneMessage }
  | ({ kind: 'webhook' } & WebhookReport)
  | { kind: 'request'; request: RecordedRequest }
  | { kind: 'person' };

/** Everything that happened, from when the log was opened. */
export type RunLog = {
  /** Oldest first; copies of what was seen at that moment. */
  events(): readonly RunEvent[];
  add(change: Change): void;
  addTold(webhook: OutgoingWebhook): void;
};

/** The most events that are kept; of a longer run the newest. */
const EVENTS_KEPT = 50_000;

/** @param now the simulated time */
export function createRunLog(now: () => number): RunLog {
  const events: RunEvent[] = [];
  const seen = new Set<string>();

  function keep(event: RunEvent): void {
    events.push(event);
    if (events.length > EVENTS_KEPT) events.shift();
  }

  return {
    events: () => events,
    addTold({ about, waId, body }) {
      keep({ kind: 'told', at: now(), about, waId, body });
    },
    add(change) {
      const at = now();
      if (change.kind === 'webhook') {
        const { kind: _, ...report } = change;
        keep({ kind: 'webhook', at, report });
      } else if (change.kind === 'request') {
        keep({ kind: 'call', at: change.request.at, request: change.request });
      } else if (change.kind === 'message' && !seen.has(change.message.id)) {
        // Later changes of the same message are of its status only.
        seen.add(change.message.id);
        const kind = change.message.direction === 'in' ? 'received' : 'written';
        keep({ kind, at: change.message.at, waId: change.waId, message: change.message });
      }
    },
  };
}

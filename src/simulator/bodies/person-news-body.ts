import type { JsonObject } from '../../domain/json.ts';
import { phoneBody, seconds, type WebhookSource } from './webhook-envelope.ts';
import { contactOf, named, type WebhookPerson } from './webhook-person.ts';
import { presentShape, type WebhookShape } from './webhook-shape.ts';

/** What a person does that is no message, as its webhook has it. */
export type PersonNews =
  /** Says no to marketing in WhatsApp, or yes again (meta-facts §3.1, `user_preferences`). */
  | { kind: 'marketing-preference'; wanted: boolean }
  /** Calls, and later ends the call (meta-facts §3.1, `calls`). Times in milliseconds. */
  | { kind: 'call-connect'; callId: string; sdp: string | null }
  | { kind: 'call-terminate'; callId: string; startedAt: number; endedAt: number; outcome: string }
  /** What becomes of a call that the business makes. */
  | { kind: 'call-status'; callId: string; status: 'RINGING' | 'ACCEPTED' | 'REJECTED' }
  /** Moves to another number: `formerly` is who they were, the person who they are now (meta-facts §4.2, `system`). */
  | { kind: 'number-change'; id: string; formerly: WebhookPerson }
  /** Has another user id, which `system` tells since 2026 (meta-facts §3, §4.2). */
  | { kind: 'user-id-change'; id: string; formerly: WebhookPerson }
  /** The same by the field `user_id_update`, of which Meta's pages speak from early 2026 until August 2026. */
  | { kind: 'user-id-update'; formerly: WebhookPerson };

/** The field that news of a kind come under. */
export function fieldOf(news: PersonNews): string {
  switch (news.kind) {
    case 'marketing-preference':
      return 'user_preferences';
    case 'user-id-update':
      return 'user_id_update';
    case 'number-change':
    case 'user-id-change':
      return 'messages';
    default:
      return 'calls';
  }
}

/** The body of such news. `at` in milliseconds. */
export function personNewsBody(
  source: WebhookSource,
  person: WebhookPerson,
  at: number,
  news: PersonNews,
  shape: WebhookShape = presentShape,
): JsonObject {
  return phoneBody(source, fieldOf(news), newsParts(source, person, at, news, shape));
}

const subject = { number: 'wa_id', userId: 'user_id' };

function newsParts(
  source: WebhookSource,
  person: WebhookPerson,
  at: number,
  news: PersonNews,
  shape: WebhookShape,
): JsonObject {
  switch (news.kind) {
    case 'marketing-preference':
      return {
        contacts: [contactOf(person, shape)],
        user_preferences: [
          {
            ...named(person, subject, shape),
            detail: `User requested to ${news.wanted ? 'resume' : 'stop'} marketing messages`,
            category: 'marketing_messages',
            value: news.wanted ? 'resume' : 'stop',
            // A number here, other than in messages.
            timestamp: Math.floor(at / 1000),
          },
        ],
      };
    case 'number-change':
    case 'user-id-change':
      return { messages: [systemElement(person, at, news, shape)] };
    case 'user-id-update':
      return {
        contacts: [contactOf(person, shape)],
        user_id_update: [
          {
            ...(person.numberHidden !== true && { wa_id: person.waId }),
            detail: `User id for ${person.name} has been updated.`,
            user_id: { previous: news.formerly.userId, current: person.userId },
            timestamp: seconds(at),
          },
        ],
      };
    case 'call-status':
      return {
        statuses: [
          {
            id: news.callId,
            type: 'call',
            status: news.status,
            timestamp: seconds(at),
            ...named(person, { number: 'recipient_id', userId: 'recipient_user_id' }, shape),
          },
        ],
      };
    default:
      return { contacts: [contactOf(person, shape)], calls: [callElement(source, person, at, news, shape)] };
  }
}

/** A notice of WhatsApp's has no `contacts` beside it (meta-facts §4.2, notes). */
function systemElement(
  person: WebhookPerson,
  at: number,
  news: Extract<PersonNews, { kind: 'number-change' | 'user-id-change' }>,
  shape: WebhookShape,
): JsonObject {
  const { formerly, id } = news;
  const changedNumber = news.kind === 'number-change';
  const [former, present] = changedNumber ? [formerly.waId, person.waId] : [formerly.userId, person.userId];
  const now = { waId: changedNumber ? person.waId : null, userId: person.userId };
  return {
    ...named(formerly, { number: 'from', userId: 'from_user_id' }, shape),
    id,
    timestamp: seconds(at),
    type: 'system',
    system: {
      body: `User ${person.name} changed from ${former} to ${present}`,
      ...named({ ...now, numberHidden: person.numberHidden === true }, subject, shape),
      type: changedNumber ? 'user_changed_number' : 'user_changed_user_id',
    },
  };
}

function callElement(
  source: WebhookSource,
  person: WebhookPerson,
  at: number,
  news: Extract<PersonNews, { kind: 'call-connect' | 'call-terminate' }>,
  shape: WebhookShape,
): JsonObject {
  const call = {
    id: news.callId,
    ...named(person, { number: 'from', userId: 'from_user_id' }, shape),
    to: source.displayPhoneNumber,
    timestamp: seconds(at),
    direction: 'USER_INITIATED',
  };
  if (news.kind === 'call-connect') {
    const session = news.sdp === null ? {} : { session: { sdp_type: 'offer', sdp: news.sdp } };
    return { ...call, event: 'connect', ...session };
  }
  return {
    ...call,
    event: 'terminate',
    status: news.outcome,
    start_time: seconds(news.startedAt),
    end_time: seconds(news.endedAt),
    duration: Math.round((news.endedAt - news.startedAt) / 1000),
  };
}

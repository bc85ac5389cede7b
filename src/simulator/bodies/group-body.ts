import type { JsonObject } from '../../domain/json.ts';
import { phoneBody, seconds, type WebhookSource } from './webhook-envelope.ts';

/** A change of a group, by the field that tells it (meta-facts §3.1, the four `group_*_update` fields). */
export type GroupNews =
  | {
      field: 'group_lifecycle_update';
      subject: string;
      description: string | null;
      /** WhatsApp ids of the members that were added. */
      added: readonly string[];
      /** The request of the business that this answers. */
      requestId: string;
    }
  | { field: 'group_participants_update'; removed: readonly string[]; requestId: string }
  /** Another picture. */
  | { field: 'group_settings_update'; picture: { mimeType: string; sha256: string }; requestId: string }
  /** Suspended by Meta. */
  | { field: 'group_status_update' };

/** The body of such news. Time in milliseconds. */
export function groupBody(source: WebhookSource, groupId: string, at: number, news: GroupNews): JsonObject {
  const group = { timestamp: seconds(at), group_id: groupId, ...groupParts(news) };
  return phoneBody(source, news.field, { groups: [group] });
}

function groupParts(news: GroupNews): JsonObject {
  switch (news.field) {
    case 'group_lifecycle_update':
      return {
        type: 'group_create',
        request_id: news.requestId,
        subject: news.subject,
        ...(news.description !== null && { description: news.description }),
        added_participants: news.added.map(participant),
      };
    case 'group_participants_update':
      return {
        // The word in the only body of this field that Meta has published.
        type: 'group_create',
        request_id: news.requestId,
        removed_participants: news.removed.map(participant),
      };
    case 'group_settings_update':
      return {
        type: 'group_settings_update',
        request_id: news.requestId,
        profile_picture: { mime_type: news.picture.mimeType, sha256: news.picture.sha256 },
      };
    case 'group_status_update':
      return { type: 'group_suspend' };
  }
}

function participant(waId: string): JsonObject {
  return { input: waId, wa_id: waId };
}

import type { JsonObject } from '../../domain/json.ts';
import { type BusinessNews, businessValue } from './business-body.ts';
import { type CoexistenceNews, coexistenceBody } from './coexistence-body.ts';
import { type GroupNews, groupBody } from './group-body.ts';
import { type Handover, handoverBody } from './routing-body.ts';
import { fieldBody, type WebhookSource } from './webhook-envelope.ts';
import type { WebhookShape } from './webhook-shape.ts';

/** A username that the business reserved or uses, with Meta's word for how far it is. */
type UsernameNews = { kind: 'username'; username: string; status: string };

/** Everything that Meta tells an app without anybody having written or been written to (meta-facts §3.1). */
export type MetaNews =
  | BusinessNews
  | UsernameNews
  | ({ kind: 'group'; groupId: string } & GroupNews)
  | CoexistenceNews
  | Handover;

/** The body of any such news. `at` in milliseconds. */
export function metaNewsBody(
  source: WebhookSource,
  at: number,
  news: MetaNews,
  shape: WebhookShape,
): JsonObject {
  switch (news.kind) {
    case 'group':
      return groupBody(source, news.groupId, at, news);
    case 'history':
    case 'address-book':
      return coexistenceBody(source, at, news, shape);
    case 'handover':
      return handoverBody(source, at, news);
    case 'username': {
      const { phoneNumberId, displayPhoneNumber } = source;
      const value = {
        metadata: { display_phone_number: displayPhoneNumber, phone_number_id: phoneNumberId },
        display_phone_number: displayPhoneNumber,
        username: news.username,
        status: news.status,
      };
      return fieldBody(source.wabaId, 'business_username_updates', value, at);
    }
    default: {
      const { field, value } = businessValue(news);
      return fieldBody(source.wabaId, field, value, at);
    }
  }
}

import type { JsonObject } from '../../domain/json.ts';
import { type BusinessNews, businessValue } from './business-body.ts';
import { type CoexistenceNews, coexistenceBody } from './coexistence-body.ts';
import { type GroupNews, groupBody } from './group-body.ts';
import { dashboardTestBody, fullBatchBody, inventedFieldBody, valueErrorBody } from './made-up-bodies.ts';
import { type Handover, handoverBody } from './routing-body.ts';
import { fieldBody, type WebhookSource } from './webhook-envelope.ts';
import type { WebhookShape } from './webhook-shape.ts';

/** A username that the business reserved or uses, with Meta's word for how far it is. */
type UsernameNews = { kind: 'username'; username: string; status: string };

/** What nobody expects: a field of tomorrow, an error of the whole phone, the test of the App Dashboard, a full batch. */
type OddNews =
  | { kind: 'invented-field' }
  | { kind: 'phone-error'; code: number; title: string; details: string }
  /** Told to the app alone, in development too (meta-facts §8). */
  | { kind: 'dashboard-test' }
  /** As much as fits into one body (meta-facts §2.4): 1,000 texts in 3 MiB unless said otherwise. */
  | { kind: 'full-batch'; updates?: number; bytes?: number };

/** Everything that Meta tells an app without anybody having written or been written to (meta-facts §3.1). */
export type MetaNews =
  | BusinessNews
  | UsernameNews
  | ({ kind: 'group'; groupId: string } & GroupNews)
  | CoexistenceNews
  | Handover
  | OddNews;

/** Who writes a full batch; they are nobody's people. */
const batchWriters = Array.from({ length: 50 }, (_, index) => ({
  waId: `5585900000${String(index).padStart(3, '0')}`,
  userId: `BR.90000${index}`,
  name: `Writer ${index}`,
}));

/** The body of any such news. `at` in milliseconds. */
export function metaNewsBody(
  source: WebhookSource,
  at: number,
  news: MetaNews,
  shape: WebhookShape,
): JsonObject {
  switch (news.kind) {
    case 'invented-field':
      return inventedFieldBody(source.wabaId, at);
    case 'phone-error':
      return valueErrorBody(source, news);
    case 'dashboard-test':
      return dashboardTestBody();
    case 'full-batch': {
      const { kind: _, ...size } = news;
      const messageId = (index: number) => `wamid.full-batch-${at}-${index}`;
      return fullBatchBody(source, batchWriters, { messageId, at, ...size }, shape);
    }
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

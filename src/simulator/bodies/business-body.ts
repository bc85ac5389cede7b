import type { JsonObject } from '../../domain/json.ts';
import { fieldBody } from './webhook-envelope.ts';

/** A template as its events name it. */
type WebhookTemplate = { id: string; name: string; language: string };

/** A change that Meta made or found in a business, as one of the fields that are not about messages (meta-facts §3.1). */
export type BusinessNews =
  /** `message_template_status_update`; `reason` is a word such as `INVALID_FORMAT`, `NONE` when there is none. */
  | {
      kind: 'template-status';
      template: WebhookTemplate;
      event: string;
      category: string;
      reason?: string;
      /** What Meta adds to a rejection. */
      rejection?: { reason: string; recommendation: string };
      /** When it will be disabled, in Meta's words, such as `January 31, 2021`. */
      disableDate?: string;
    }
  /** `message_template_quality_update`: `GREEN`, `YELLOW`, `RED`, `UNKNOWN`. */
  | { kind: 'template-quality'; template: WebhookTemplate; former: string; quality: string }
  /** `template_category_update`: announced while `changesAt`, in milliseconds, is ahead; made when it is null. */
  | {
      kind: 'template-category';
      template: WebhookTemplate;
      former: string;
      category: string;
      changesAt: number | null;
    }
  /** `message_template_components_update`: somebody edited it. */
  | {
      kind: 'template-components';
      template: WebhookTemplate;
      title: string | null;
      body: string;
      footer: string | null;
    }
  /** `phone_number_quality_update`: the event is `ONBOARDING`, `THROUGHPUT_UPGRADE`, `UPGRADE`, `DOWNGRADE` or `FLAGGED`. */
  | { kind: 'phone-quality'; displayPhoneNumber: string; event: string; limit: string; formerLimit?: string }
  /** `phone_number_name_update`. */
  | {
      kind: 'phone-name';
      displayPhoneNumber: string;
      decision: string;
      requestedName: string;
      rejectionReason: string | null;
    }
  /** `account_update`: a word, and what it comes with, in Meta's own names. */
  | { kind: 'account-update'; event: string; parts?: JsonObject }
  /** `account_review_update`: `APPROVED`, `REJECTED`, … */
  | { kind: 'account-review'; decision: string }
  /** `account_alerts`. */
  | {
      kind: 'account-alert';
      entityType: 'BUSINESS' | 'PHONE_NUMBER' | 'WABA';
      entityId: string;
      severity: string;
      alertType: string;
      description: string;
    }
  /** `business_capability_update`. */
  | { kind: 'capability'; dailyLimit: string | number; phoneNumbers: number }
  /** `security`: `PIN_CHANGED`, `PIN_RESET_REQUEST`, `PIN_REQUEST_SUCCESS`. */
  | { kind: 'security'; displayPhoneNumber: string; event: string; requester: string | null };

/** The field that news of a kind come under, and their value. */
export function businessValue(news: BusinessNews): { field: string; value: JsonObject } {
  switch (news.kind) {
    case 'template-status':
      return { field: 'message_template_status_update', value: templateStatusValue(news) };
    case 'template-quality':
      return {
        field: 'message_template_quality_update',
        value: {
          previous_quality_score: news.former,
          new_quality_score: news.quality,
          ...templateNames(news.template),
        },
      };
    case 'template-category':
      return { field: 'template_category_update', value: templateCategoryValue(news) };
    case 'template-components':
      return {
        field: 'message_template_components_update',
        value: {
          ...templateNames(news.template),
          ...(news.title !== null && { message_template_title: news.title }),
          message_template_element: news.body,
          ...(news.footer !== null && { message_template_footer: news.footer }),
        },
      };
    default:
      return accountValue(news);
  }
}

/** The body of such news. Time in milliseconds. */
export function businessBody(wabaId: string, at: number, news: BusinessNews): JsonObject {
  const { field, value } = businessValue(news);
  return fieldBody(wabaId, field, value, at);
}

type TemplateNews = 'template-status' | 'template-quality' | 'template-category' | 'template-components';

function accountValue(news: Exclude<BusinessNews, { kind: TemplateNews }>): {
  field: string;
  value: JsonObject;
} {
  switch (news.kind) {
    case 'phone-quality':
      return {
        field: 'phone_number_quality_update',
        value: {
          display_phone_number: news.displayPhoneNumber,
          event: news.event,
          current_limit: news.limit,
          ...(news.formerLimit !== undefined && { old_limit: news.formerLimit }),
        },
      };
    case 'phone-name':
      return {
        field: 'phone_number_name_update',
        value: {
          display_phone_number: news.displayPhoneNumber,
          decision: news.decision,
          requested_verified_name: news.requestedName,
          rejection_reason: news.rejectionReason,
        },
      };
    case 'account-update':
      return { field: 'account_update', value: { event: news.event, ...news.parts } };
    case 'account-review':
      return { field: 'account_review_update', value: { decision: news.decision } };
    case 'account-alert':
      return {
        field: 'account_alerts',
        value: {
          entity_type: news.entityType,
          entity_id: news.entityId,
          alert_info: {
            alert_severity: news.severity,
            alert_type: news.alertType,
            alert_description: news.description,
          },
        },
      };
    case 'capability':
      return {
        field: 'business_capability_update',
        value: {
          max_daily_conversations_per_business: news.dailyLimit,
          max_phone_numbers_per_waba: news.phoneNumbers,
        },
      };
    case 'security':
      return {
        field: 'security',
        value: {
          display_phone_number: news.displayPhoneNumber,
          event: news.event,
          ...(news.requester !== null && { requester: news.requester }),
        },
      };
  }
}

function templateNames({ id, name, language }: WebhookTemplate): JsonObject {
  return {
    // A number in Meta's bodies, as long as it is one that survives JSON.
    message_template_id: Number.isSafeInteger(Number(id)) ? Number(id) : id,
    message_template_name: name,
    message_template_language: language,
  };
}

function templateStatusValue(news: Extract<BusinessNews, { kind: 'template-status' }>): JsonObject {
  return {
    event: news.event,
    ...templateNames(news.template),
    reason: news.reason ?? 'NONE',
    message_template_category: news.category,
    ...(news.rejection !== undefined && { rejection_info: { ...news.rejection } }),
    ...(news.disableDate !== undefined && { disable_info: { disable_date: news.disableDate } }),
  };
}

/** Announced, the new category is still the old one and the correct one is to come (meta-facts §3.1). */
function templateCategoryValue(news: Extract<BusinessNews, { kind: 'template-category' }>): JsonObject {
  const names = templateNames(news.template);
  if (news.changesAt === null) {
    return { ...names, previous_category: news.former, new_category: news.category };
  }
  return {
    ...names,
    new_category: news.former,
    correct_category: news.category,
    category_update_timestamp: Math.floor(news.changesAt / 1000),
  };
}

/**
 * Reads what the Graph API tells of apps, accounts and phones (meta-facts §7.2). Total: what is missing or of another
 * shape reads as null or as nothing, because Meta adds and leaves out members.
 */
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';

/** The app's subscription to the webhooks of WhatsApp accounts. */
export type AppSubscription = { callbackUrl: string; active: boolean; fields: string[] };

/** That an app hears of a WhatsApp account, and where its webhooks go instead of to the app's callback. */
export type AccountSubscription = { appId: string; overrideUrl: string | null };

/** As much of a business phone as its setup is judged by. Null is what Meta did not tell. */
export type PhoneSetup = {
  id: string;
  displayPhoneNumber: string | null;
  verifiedName: string | null;
  /** `CONNECTED` is needed. */
  status: string | null;
  /** `CLOUD_API`, `ON_PREMISE`, `NOT_APPLICABLE`. */
  platformType: string | null;
  /** `VERIFIED`, `NOT_VERIFIED`, `EXPIRED`. */
  codeVerificationStatus: string | null;
  /** `APPROVED`, `AVAILABLE_WITHOUT_REVIEW`, `DECLINED`, `EXPIRED`, `PENDING_REVIEW`, `NONE`. */
  nameStatus: string | null;
  /** Where webhooks of this phone alone go; null: where its account's go. */
  overrideUrl: string | null;
};

/** The fields that `PhoneSetup` is read from. */
export const phoneSetupFields =
  'id,display_phone_number,verified_name,status,platform_type,code_verification_status,name_status,webhook_configuration';

/** What an access token is and may, as `debug_token` tells. */
export type TokenFacts = {
  valid: boolean;
  appId: string | null;
  /** `SYSTEM_USER`, `USER`, `APP`, … */
  type: string | null;
  /** Milliseconds; null for never, or when Meta did not tell. */
  expiresAt: number | null;
  scopes: string[];
  /** The WhatsApp accounts that it was given for; empty when Meta names none, which means all of its business. */
  accountIds: string[];
};

/** The subscription of an app's answer of `GET /{app}/subscriptions`; null when there is none. */
export function readAppSubscription(body: JsonObject): AppSubscription | null {
  const ours = listOf(body.data).find(({ object }) => object === 'whatsapp_business_account');
  const callbackUrl = textOf(ours?.callback_url);
  if (ours === undefined || callbackUrl === null) return null;
  const fields = listOf(ours.fields).flatMap(({ name }) => textOf(name) ?? []);
  const plain = Array.isArray(ours.fields) ? ours.fields.flatMap((field) => textOf(field) ?? []) : [];
  return { callbackUrl, active: ours.active !== false, fields: [...fields, ...plain] };
}

/** The apps of an answer of `GET /{waba}/subscribed_apps`. */
export function readAccountSubscriptions(body: JsonObject): AccountSubscription[] {
  return listOf(body.data).flatMap((entry) => {
    const app = isJsonObject(entry.whatsapp_business_api_data) ? entry.whatsapp_business_api_data : entry;
    const appId = textOf(app.id);
    return appId === null ? [] : [{ appId, overrideUrl: textOf(entry.override_callback_uri) }];
  });
}

/** A business phone; null when the answer names no id. */
export function readPhoneSetup(body: JsonObject): PhoneSetup | null {
  const id = textOf(body.id);
  if (id === null) return null;
  const configuration = isJsonObject(body.webhook_configuration) ? body.webhook_configuration : {};
  return {
    id,
    displayPhoneNumber: textOf(body.display_phone_number),
    verifiedName: textOf(body.verified_name),
    status: textOf(body.status),
    platformType: textOf(body.platform_type),
    codeVerificationStatus: textOf(body.code_verification_status),
    nameStatus: textOf(body.name_status),
    overrideUrl: textOf(configuration.phone_number),
  };
}

/** The business phones of an answer of `GET /{waba}/phone_numbers`. */
export function readPhoneSetups(body: JsonObject): PhoneSetup[] {
  return listOf(body.data).flatMap((entry) => readPhoneSetup(entry) ?? []);
}

/** An answer of `GET /debug_token`. */
export function readTokenFacts(body: JsonObject): TokenFacts {
  const data = isJsonObject(body.data) ? body.data : {};
  const expires = Number(data.expires_at);
  const granular = listOf(data.granular_scopes);
  const accountIds = granular
    .filter(({ scope }) => textOf(scope)?.startsWith('whatsapp_business_') === true)
    .flatMap(({ target_ids: ids }) => (Array.isArray(ids) ? ids.flatMap((id) => textOf(id) ?? []) : []));
  return {
    valid: data.is_valid === true,
    appId: textOf(data.app_id),
    type: textOf(data.type),
    expiresAt: Number.isFinite(expires) && expires > 0 ? expires * 1000 : null,
    scopes: Array.isArray(data.scopes) ? data.scopes.flatMap((scope) => textOf(scope) ?? []) : [],
    accountIds: [...new Set(accountIds)],
  };
}

function listOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** Meta writes ids now and then as numbers (meta-facts §2.6). */
function textOf(value: Json | undefined): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

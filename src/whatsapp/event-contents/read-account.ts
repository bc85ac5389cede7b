import type { AccountContent } from '../../domain/event-content/account.ts';
import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { readDecimal, readList, readObject, readText } from '../wire-values.ts';
import type { Around } from './around.ts';
import { readAccountUpdate } from './read-account-update.ts';

type Read = (value: JsonObject) => AccountContent;

const readers: ReadonlyMap<string | null, Read> = new Map<string | null, Read>([
  ['account_update', readAccountUpdate],
  ['account_alerts', readAlert],
  ['account_review_update', readReview],
  ['account_settings_update', readSettings],
  ['business_capability_update', readCapability],
  ['business_status_update', readBusinessStatus],
]);

/** The value of an `account_*` or `business_*` field; without a field it is told by what it holds (meta-facts §2.6, §3.1). */
export function readAccount(value: JsonObject, { field }: Around): AccountContent {
  return (readers.get(field) ?? readerByContent(value))(value);
}

function readerByContent(value: JsonObject): Read {
  if (isJsonObject(value.alert_info)) return readAlert;
  if (isJsonObject(value.phone_number_settings)) return readSettings;
  if (value.decision !== undefined) return readReview;
  return value.event === undefined ? readOther : readAccountUpdate;
}

function readAlert(value: JsonObject): AccountContent {
  const alert = readObject(value.alert_info);
  return {
    form: 'alert',
    event: readText(alert?.alert_type),
    severity: readText(alert?.alert_severity),
    status: readText(alert?.alert_status),
    description: readText(alert?.alert_description),
    entityType: readText(value.entity_type),
    entityId: readText(value.entity_id),
  };
}

function readReview(value: JsonObject): AccountContent {
  return { form: 'review', decision: readText(value.decision) };
}

function readCapability(value: JsonObject): AccountContent {
  return {
    form: 'capability',
    dailyLimit: readText(value.max_daily_conversations_per_business),
    phoneNumbersPerWaba: readDecimal(value.max_phone_numbers_per_waba),
    phoneNumbersPerBusiness: readDecimal(value.max_phone_numbers_per_business),
  };
}

function readSettings(value: JsonObject): AccountContent {
  const settings = readObject(value.phone_number_settings);
  return {
    form: 'settings',
    // Meta's example has its word in brackets.
    event: readText(value.type)?.replace(/^\[(.*)\]$/, '$1') ?? null,
    phoneNumberId: readText(settings?.phone_number_id),
    calling: readCalling(settings?.calling),
  };
}

function readCalling(value: Json | undefined): Extract<AccountContent, { form: 'settings' }>['calling'] {
  const calling = readObject(value);
  if (calling === null) return null;
  const hours = readObject(calling.call_hours);
  const sip = readObject(calling.sip);
  return {
    status: readText(calling.status),
    iconVisibility: readText(calling.call_icon_visibility),
    callbackPermission: readText(calling.callback_permission_status),
    hours: hours && { status: readText(hours.status), timeZone: readText(hours.timezone_id) },
    sip: sip && {
      status: readText(sip.status),
      hostnames: readList(sip.servers).flatMap((server) => readText(readObject(server)?.hostname) ?? []),
    },
  };
}

/** Meta documents the name of this field and not its value. */
function readBusinessStatus(value: JsonObject): AccountContent {
  return {
    form: 'business-status',
    event: readText(value.event),
    status: readText(value.status),
    businessId: readText(value.business_id),
  };
}

function readOther(value: JsonObject): AccountContent {
  return { form: 'other', event: readText(value.type) };
}

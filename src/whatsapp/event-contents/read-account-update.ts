import type { AccountContent, AccountParties } from '../../domain/event-content/account.ts';
import { isJsonObject, type JsonObject } from '../../domain/json.ts';
import { readList, readMilliseconds, readObject, readText } from '../wire-values.ts';

/** What an update of each word is about; one that is not here keeps its word. */
const forms = {
  ACCOUNT_DELETED: 'notice',
  ACCOUNT_OFFBOARDED: 'notice',
  ACCOUNT_RECONNECTED: 'notice',
  VERIFIED_ACCOUNT: 'notice',
  AD_ACCOUNT_LINKED: 'notice',
  MM_LITE_TERMS_SIGNED: 'notice',
  ACCOUNT_VIOLATION: 'violation',
  ACCOUNT_RESTRICTION: 'restriction',
  DISABLED_UPDATE: 'ban',
  PARTNER_ADDED: 'partner',
  PARTNER_REMOVED: 'partner',
  PARTNER_APP_INSTALLED: 'partner',
  PARTNER_APP_UNINSTALLED: 'partner',
  PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE: 'partner-certification',
  PARTNER_CLIENT_CERTIFICATION_NEEDED: 'partner-certification',
  VOLUME_BASED_PRICING_TIER_UPDATE: 'pricing-tier',
  AUTH_INTL_PRICE_ELIGIBILITY_UPDATE: 'price-eligibility',
  BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE: 'country',
} as const;

const formOf: ReadonlyMap<string | null, (typeof forms)[keyof typeof forms]> = new Map(Object.entries(forms));

/** Whether a value is one of `account_update`: Meta's own examples leave out the field (meta-facts §2.6). */
export function isAccountUpdate(value: JsonObject): boolean {
  const event = readText(value.event);
  if (isJsonObject(value.waba_info) || formOf.has(event)) return true;
  // What Meta invents tomorrow will be called like the words of today.
  return event !== null && /^(ACCOUNT|PARTNER)_/.test(event);
}

/** The value of `account_update`, for every event of meta-facts §3.1. */
export function readAccountUpdate(value: JsonObject): AccountContent {
  const event = readText(value.event);
  const update = { event, phoneNumber: readText(value.phone_number), parties: readParties(value) };
  const form = formOf.get(event);
  switch (form) {
    case undefined:
      return { form: 'update', ...update };
    case 'notice':
      return { form, ...update };
    case 'violation':
      return { form, ...update, violation: violationIn(value) };
    case 'restriction':
      return {
        form,
        ...update,
        violation: violationIn(value),
        restrictions: readList(value.restriction_info)
          .filter(isJsonObject)
          .map((restriction) => ({
            restriction: readText(restriction.restriction_type),
            expiresAt: readMilliseconds(restriction.expiration),
          })),
      };
    case 'ban': {
      const ban = readObject(value.ban_info);
      return { form, ...update, state: readText(ban?.waba_ban_state), date: readText(ban?.waba_ban_date) };
    }
    case 'partner': {
      const disconnection = readObject(value.disconnection_info);
      return {
        form,
        ...update,
        disconnection: disconnection && {
          reason: readText(disconnection.reason),
          initiatedBy: readText(disconnection.initiated_by),
        },
      };
    }
    case 'partner-certification': {
      const certification = readObject(value.partner_client_certification_info);
      return {
        form,
        ...update,
        clientBusinessId: readText(certification?.client_business_id),
        status: readText(certification?.status),
        rejectionReasons: readList(certification?.rejection_reasons).flatMap((reason) =>
          reason === 'NONE' ? [] : (readText(reason) ?? []),
        ),
      };
    }
    case 'pricing-tier': {
      const tier = readObject(value.volume_tier_info);
      return {
        form,
        ...update,
        category: readText(tier?.pricing_category),
        tier: readText(tier?.tier),
        month: readText(tier?.effective_month),
        region: readText(tier?.region),
        changedAt: readMilliseconds(tier?.tier_update_time),
      };
    }
    case 'price-eligibility': {
      const eligibility = readObject(value.auth_international_rate_eligibility);
      return {
        form,
        ...update,
        startsAt: readMilliseconds(eligibility?.start_time),
        exceptions: readList(eligibility?.exception_countries)
          .filter(isJsonObject)
          .map((exception) => ({
            country: readText(exception.country_code),
            startsAt: readMilliseconds(exception.start_time),
          })),
      };
    }
    case 'country':
      return { form, ...update, country: readText(value.country) };
  }
}

function violationIn(value: JsonObject): string | null {
  return readText(readObject(value.violation_info)?.violation_type);
}

function readParties(value: JsonObject): AccountParties | null {
  const parties = readObject(value.waba_info);
  return (
    parties && {
      wabaId: readText(parties.waba_id),
      ownerBusinessId: readText(parties.owner_business_id),
      adAccountId: readText(parties.ad_account_linked),
      partnerAppId: readText(parties.partner_app_id),
      solutionId: readText(parties.solution_id),
      solutionPartnerIds: readList(parties.solution_partner_business_ids).flatMap((id) => readText(id) ?? []),
    }
  );
}

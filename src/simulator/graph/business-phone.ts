import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { managementScope, messagingScope } from '../accounts/access-token.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { type BusinessPhoneRecord, statusOf } from '../accounts/business-phone.ts';
import { healthStatusOf } from '../accounts/health-status.ts';
import { proveCallback, refuseCallback } from './callback.ts';
import type { GraphContext } from './graph-context.ts';
import { invalidParameter } from './graph-error.ts';
import { type GraphReply, type GraphRoute, success } from './graph-route.ts';
import { readFields } from './read-fields.ts';

/** What is told of a business phone when nothing is asked for. */
export const usualPhoneFields = [
  'verified_name',
  'code_verification_status',
  'display_phone_number',
  'quality_rating',
] as const;

/** Every field of a business phone (meta-facts §7.2). `appId`: the app whose view it is. */
export function phoneFields(
  phone: BusinessPhoneRecord,
  { accounts, conditions }: Pick<GraphContext, 'accounts' | 'conditions'>,
  appId: string,
): JsonObject {
  const { registered } = phone;
  return {
    id: phone.phoneNumberId,
    verified_name: phone.verifiedName,
    display_phone_number: `+${phone.displayPhoneNumber}`,
    code_verification_status: phone.codeVerificationStatus,
    quality_rating: phone.qualityRating,
    name_status: phone.nameStatus,
    new_name_status: phone.newNameStatus,
    status: statusOf(phone),
    platform_type: phone.platformType ?? (registered ? 'CLOUD_API' : 'NOT_APPLICABLE'),
    throughput: { level: phone.throughputLevel ?? (registered ? 'STANDARD' : 'NOT_APPLICABLE') },
    account_mode: phone.accountMode,
    is_on_biz_app: phone.isOnBizApp,
    webhook_configuration: webhookConfiguration(phone, accounts, appId),
    health_status: healthStatusOf(phone, accounts, appId, conditions),
    whatsapp_business_manager_messaging_limit: phone.messagingLimit,
    // Deprecated (meta-facts §6), and not gone.
    messaging_limit_tier: phone.messagingLimit,
  };
}

/** The callbacks that a webhook of this phone may go to, first one first; those that are not set are left out. */
function webhookConfiguration(phone: BusinessPhoneRecord, accounts: Accounts, appId: string): JsonObject {
  const ofAccount = accounts.whatsappAccount(phone.wabaId).subscribedApps.get(appId)?.override?.callbackUrl;
  const ofApp = accounts.app(appId).subscription.callbackUrl;
  return {
    ...(phone.callbackOverride !== null && { phone_number: phone.callbackOverride.callbackUrl }),
    ...(ofAccount !== undefined && { whatsapp_business_account: ofAccount }),
    ...(ofApp !== null && { application: ofApp }),
  };
}

/** `GET` and `POST /{phone-number-id}` (meta-facts §7.2). */
export function businessPhoneRoutes(phone: BusinessPhoneRecord, context: GraphContext): GraphRoute[] {
  function answerUpdate(parameters: JsonObject): GraphReply | Promise<GraphReply> {
    const { pin, webhook_configuration: configuration } = parameters;
    if (pin !== undefined) {
      const refusal = refusePin(pin);
      if (refusal !== null) return { refusal };
    }
    if (configuration !== undefined) return configure(configuration, () => setPin(pin));
    if (pin === undefined)
      return { refusal: invalidParameter('One of pin and webhook_configuration is required.') };
    setPin(pin);
    return success;
  }

  function setPin(pin: Json | undefined): void {
    if (typeof pin === 'string') phone.pin = pin;
  }

  async function configure(configuration: Json, done: () => void): Promise<GraphReply> {
    const wanted = isJsonObject(configuration) ? configuration : {};
    const { override_callback_uri: callback, verify_token: verifyToken } = wanted;
    if (callback === '') {
      phone.callbackOverride = null;
      done();
      return success;
    }
    const refusal = refuseCallback('override_callback_uri', callback);
    if (refusal !== null) return { refusal };
    if (typeof callback !== 'string' || typeof verifyToken !== 'string') {
      return { refusal: invalidParameter('The parameter verify_token is required.') };
    }
    const unproven = await proveCallback(callback, verifyToken, context);
    if (unproven !== null) return { refusal: unproven };
    phone.callbackOverride = { callbackUrl: callback, verifyToken };
    done();
    return success;
  }

  return [
    {
      method: 'GET',
      edge: null,
      needs: [managementScope],
      answer: ({ parameters, token }) =>
        readFields(phoneFields(phone, context, token.appId), parameters.fields, usualPhoneFields),
    },
    {
      method: 'POST',
      edge: null,
      needs: [managementScope, messagingScope],
      answer: ({ parameters }) => answerUpdate(parameters),
    },
  ];
}

/** Why this is no PIN; null when it is one. */
export function refusePin(pin: Json | undefined) {
  if (pin === undefined) return invalidParameter('The parameter pin is required.');
  if (typeof pin === 'string' && /^\d{6}$/.test(pin)) return null;
  return invalidParameter('Param pin must be a string of 6 digits.');
}

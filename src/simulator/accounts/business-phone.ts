import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { type GraphProblem, invalidParameter, problem } from '../graph/graph-error.ts';

/** The simulated WhatsApp number of the business. */
export type BusinessPhone = {
  phoneNumberId: string;
  /** Digits with the country code. */
  displayPhoneNumber: string;
  wabaId: string;
  verifiedName: string;
  /** Whether it may send. Without registration every send is answered #133010. */
  registered: boolean;
};

/**
 * The fields of a business phone that a call asks for (meta-facts §7.2), or why it is refused.
 *
 * @param fields the value of `fields`, comma-separated; null when it was not given
 */
export function readBusinessPhoneFields(
  phone: BusinessPhone,
  fields: string | null,
): { ok: true; body: JsonObject } | { ok: false; refusal: GraphProblem } {
  const known: JsonObject = {
    id: phone.phoneNumberId,
    verified_name: phone.verifiedName,
    display_phone_number: `+${phone.displayPhoneNumber}`,
    code_verification_status: 'VERIFIED',
    quality_rating: 'GREEN',
    name_status: 'APPROVED',
    status: phone.registered ? 'CONNECTED' : 'PENDING',
    platform_type: phone.registered ? 'CLOUD_API' : 'NOT_APPLICABLE',
    throughput: { level: phone.registered ? 'STANDARD' : 'NOT_APPLICABLE' },
    account_mode: 'LIVE',
    whatsapp_business_manager_messaging_limit: 'TIER_250',
  };
  const asked = (fields ?? 'verified_name,code_verification_status,display_phone_number,quality_rating')
    .split(',')
    .map((field) => field.trim());
  const body: JsonObject = {};
  for (const field of [...asked, 'id']) {
    const value = Object.hasOwn(known, field) ? known[field] : undefined;
    if (value === undefined) {
      return { ok: false, refusal: invalidParameter(`Tried accessing nonexisting field (${field}).`) };
    }
    body[field] = value;
  }
  return { ok: true, body };
}

/**
 * What `POST /{phone-number-id}/register` says (meta-facts §5.1 (2)): the first call sets the PIN, later
 * ones must repeat it.
 *
 * @param currentPin the two-step PIN; null while none is set
 */
export function readRegistration(
  body: Json,
  currentPin: string | null,
): { ok: true; pin: string } | { ok: false; refusal: GraphProblem } {
  const parameters = isJsonObject(body) ? body : {};
  const pin = parameters.pin;
  if (parameters.messaging_product !== 'whatsapp') {
    return { ok: false, refusal: invalidParameter('The parameter messaging_product is required.') };
  }
  if (pin === undefined) return { ok: false, refusal: invalidParameter('The parameter pin is required.') };
  if (typeof pin !== 'string' || !/^\d{6}$/.test(pin)) {
    return { ok: false, refusal: invalidParameter('Param pin must be a string of 6 digits.') };
  }
  if (currentPin !== null && pin !== currentPin) {
    return {
      ok: false,
      refusal: problem(133005, 'The PIN is not the one that was set for this phone number.'),
    };
  }
  return { ok: true, pin };
}

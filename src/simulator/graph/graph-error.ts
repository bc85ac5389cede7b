import type { JsonObject } from '../../domain/json.ts';

/** Why Meta refuses a call, before it is put into the envelope. */
export type GraphProblem = {
  code: number;
  /** `error_data.details`: the sentence that names the part; null where Meta sends none. */
  details: string | null;
  /** The whole message, where it is not `(#code) title`. */
  message?: string;
  /** `OAuthException` unless said otherwise. */
  type?: string;
  subcode?: number;
};

/** HTTP status and title of Meta's codes (meta-facts §5, §5.1). */
const catalogue: Readonly<Record<number, readonly [status: number, title: string]>> = {
  0: [401, 'AuthException'],
  1: [400, 'API Unknown'],
  2: [503, 'API Service'],
  3: [500, 'API Method'],
  4: [400, 'API Too Many Calls'],
  10: [403, 'Permission Denied'],
  33: [400, 'Parameter value is not valid'],
  100: [400, 'Invalid parameter'],
  190: [401, 'Access token has expired'],
  200: [403, 'API Permission'],
  368: [403, 'Temporarily blocked for policies violations'],
  2500: [400, 'Unknown path components'],
  80007: [400, 'Rate limit issues'],
  130403: [400, 'Business blocked this user'],
  130429: [400, 'Rate limit hit'],
  130472: [400, "User's number is part of an experiment"],
  130497: [403, 'Business account is restricted from messaging users in this country'],
  131000: [500, 'Something went wrong'],
  131005: [403, 'Access denied'],
  131008: [400, 'Required parameter is missing'],
  131009: [400, 'Parameter value is not valid'],
  131014: [400, 'Request for url failed'],
  131016: [500, 'Service unavailable'],
  131021: [400, 'Recipient cannot be sender'],
  131026: [400, 'Message undeliverable'],
  131030: [400, 'Recipient phone number not in allowed list'],
  131031: [403, 'Account has been locked'],
  131037: [400, 'WhatsApp provided number needs display name approval before message can be sent'],
  131042: [400, 'Business eligibility payment issue'],
  131044: [400, 'Business payment issue'],
  131045: [500, 'Incorrect certificate'],
  131047: [400, 'Re-engagement message'],
  131048: [400, 'Spam rate limit hit'],
  131049: [400, 'Meta chose not to deliver'],
  131050: [400, 'User has stopped receipt of marketing messages'],
  131051: [400, 'Unsupported message type'],
  131052: [400, 'Media download error'],
  131053: [400, 'Media upload error'],
  131055: [400, 'Method not allowed'],
  131056: [400, '(Business Account, Consumer Account) pair rate limit hit'],
  131057: [500, 'Account in maintenance mode'],
  131059: [400, 'Template cursor is not valid'],
  131062: [400, 'Business-scoped user id not supported for this message'],
  131063: [400, 'Marketing templates are disabled on Cloud API'],
  131064: [400, 'Template classification limit'],
  132000: [400, 'Number of parameters does not match the expected number of params'],
  132001: [404, 'Template name does not exist in the translation'],
  132005: [400, 'Template hydrated text too long'],
  132007: [400, 'Template format character policy violated'],
  132008: [400, 'Template parameter is not valid'],
  132012: [400, 'Template parameter format mismatch'],
  132015: [400, 'Template is paused'],
  132016: [400, 'Template is disabled'],
  132018: [400, 'Template parameter is not valid'],
  132068: [400, 'Flow is blocked'],
  132069: [400, 'Flow is throttled'],
  133000: [500, 'Incomplete deregistration'],
  133004: [503, 'Server temporarily unavailable'],
  133005: [400, 'Two step verification PIN mismatch'],
  133006: [400, 'Phone number re-verification needed'],
  133008: [400, 'Too Many two step verification PIN Guesses'],
  133009: [400, 'Two step verification PIN Guessed Too Fast'],
  133010: [400, 'Account not registered'],
  133015: [400, 'Please wait a few minutes before attempting to register this phone number'],
  133016: [400, 'Account register deregister rate limit exceeded'],
  134011: [400, 'WhatsApp Payments terms of service has not been accepted'],
  134100: [400, 'Only marketing templates'],
  134101: [400, 'Template is syncing'],
  134102: [500, 'Template unavailable'],
  135000: [400, 'Generic user error'],
  137000: [400, 'Recipient identity hash mismatch'],
};

/** A refusal with the code's own title as its message: `(#131047) Re-engagement message`. */
export function problem(code: number, details: string | null = null): GraphProblem {
  return { code, details };
}

/** A refusal of one parameter: code 100, the sentence being the message itself. */
export function invalidParameter(sentence: string): GraphProblem {
  return { code: 100, details: null, message: `(#100) ${sentence}` };
}

/** Meta's short title of a code; a code outside the catalogue has one as well. */
export function titleOf(code: number): string {
  return catalogue[code]?.[1] ?? 'Unknown error';
}

/** The HTTP status that comes with a code; 400 for one outside the catalogue. */
export function httpStatusOf(code: number): number {
  return catalogue[code]?.[0] ?? 400;
}

/** Meta's error envelope (meta-facts §5, "Shape"). */
export function errorEnvelope(refusal: GraphProblem, traceId: string): JsonObject {
  return {
    error: {
      message: refusal.message ?? `(#${refusal.code}) ${titleOf(refusal.code)}`,
      type: refusal.type ?? 'OAuthException',
      code: refusal.code,
      ...(refusal.subcode !== undefined && { error_subcode: refusal.subcode }),
      ...(refusal.details !== null && {
        error_data: { messaging_product: 'whatsapp', details: refusal.details },
      }),
      fbtrace_id: traceId,
    },
  };
}

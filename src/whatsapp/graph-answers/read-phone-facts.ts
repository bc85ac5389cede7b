import type { Json, JsonObject } from '../../domain/json.ts';
import { readFlag, readList, readMetaCode, readNumber, readObject, readText } from '../wire-values.ts';

/** One part of `health_status`: the number, its account, the business or the app (meta-facts §7.2). */
type HealthEntity = {
  type: string;
  id: string | null;
  /** `AVAILABLE`, `LIMITED` or `BLOCKED`. */
  canSend: string | null;
  errors: { code: number | null; description: string | null }[];
  /** Sentences of Meta's about what limits it without being an error. */
  information: string[];
};

/** What `GET /{phone-number-id}` says of a business phone; null where Meta says nothing (meta-facts §7.2). */
export type PhoneFacts = {
  id: string | null;
  /** Digits; null for an object that is no business phone. */
  displayPhoneNumber: string | null;
  verifiedName: string | null;
  qualityRating: string | null;
  codeVerificationStatus: string | null;
  nameStatus: string | null;
  newNameStatus: string | null;
  status: string | null;
  platformType: string | null;
  throughput: string | null;
  accountMode: string | null;
  /** The number is in the WhatsApp Business app as well. */
  onBusinessApp: boolean | null;
  messagingLimit: string | null;
  /** Where webhooks about it go, first one first. */
  callbacks: { phone: string | null; account: string | null; app: string | null };
  health: { canSend: string | null; entities: HealthEntity[] };
};

/** Every field that is asked for. */
export const phoneFactsFields = [
  'id',
  'display_phone_number',
  'verified_name',
  'quality_rating',
  'code_verification_status',
  'name_status',
  'new_name_status',
  'status',
  'platform_type',
  'throughput',
  'account_mode',
  'is_on_biz_app',
  'webhook_configuration',
  'health_status',
  'whatsapp_business_manager_messaging_limit',
].join(',');

/** Reads a business phone as the Graph API tells it, alone or in a list. */
export function readPhoneFacts(body: JsonObject): PhoneFacts {
  const callbacks = readObject(body.webhook_configuration);
  const health = readObject(body.health_status);
  const shown = readNumber(body.display_phone_number)?.replace(/\D/g, '') ?? '';
  return {
    id: readText(body.id),
    displayPhoneNumber: shown === '' ? null : shown,
    verifiedName: readText(body.verified_name),
    qualityRating: readText(body.quality_rating),
    codeVerificationStatus: readText(body.code_verification_status),
    nameStatus: readText(body.name_status),
    newNameStatus: readText(body.new_name_status),
    status: readText(body.status),
    platformType: readText(body.platform_type),
    throughput: readText(readObject(body.throughput)?.level),
    accountMode: readText(body.account_mode),
    onBusinessApp: readFlag(body.is_on_biz_app),
    messagingLimit: readText(body.whatsapp_business_manager_messaging_limit),
    callbacks: {
      phone: readText(callbacks?.phone_number),
      account: readText(callbacks?.whatsapp_business_account),
      app: readText(callbacks?.application),
    },
    health: {
      canSend: readText(health?.can_send_message),
      entities: readList(health?.entities).flatMap(readEntity),
    },
  };
}

function readEntity(value: Json): HealthEntity[] {
  const entity = readObject(value);
  if (entity === null) return [];
  const errors = readList(entity.errors).map((error) => ({
    code: readMetaCode(readObject(error)?.error_code),
    description: readText(readObject(error)?.error_description),
  }));
  return [
    {
      type: readText(entity.entity_type) ?? 'UNKNOWN',
      id: readText(entity.id),
      canSend: readText(entity.can_send_message),
      errors,
      information: readList(entity.additional_info).flatMap(readInformation),
    },
  ];
}

/** Meta's words as they are, or the first text of an object (the form is not told in meta-facts §7.2). */
function readInformation(value: Json): string[] {
  const texts = [value, ...Object.values(readObject(value) ?? {})].map(readText);
  return texts.filter((text) => text !== null).slice(0, 1);
}

import type { CallbackOverride, SendingHealth } from './whatsapp-account.ts';

/** What a business phone is set up with. Everything after `registered` has a default. */
export type BusinessPhone = {
  phoneNumberId: string;
  /** Digits with the country code. */
  displayPhoneNumber: string;
  wabaId: string;
  verifiedName: string;
  /** Whether it may send. Without registration every send is answered #133010. */
  registered: boolean;
} & Partial<BusinessPhoneStanding>;

/** How Meta sees a business phone (meta-facts §7.2). Every member can be set. */
type BusinessPhoneStanding = {
  /** `CONNECTED`, `BANNED`, `FLAGGED`, `RESTRICTED`, …; null to follow from the registration. */
  status: string | null;
  /** `CLOUD_API`, `ON_PREMISE`, `NOT_APPLICABLE`; null to follow from the registration. */
  platformType: string | null;
  codeVerificationStatus: 'VERIFIED' | 'NOT_VERIFIED' | 'EXPIRED';
  /** `APPROVED`, `AVAILABLE_WITHOUT_REVIEW`, `DECLINED`, `EXPIRED`, `PENDING_REVIEW`, `NONE`. */
  nameStatus: string;
  /** The same of a name that was asked for since. */
  newNameStatus: string;
  qualityRating: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';
  /** `STANDARD`: 80 messages a second; `HIGH`: 1,000 (meta-facts §6); null to follow from the registration. */
  throughputLevel: 'STANDARD' | 'HIGH' | 'NOT_APPLICABLE' | null;
  accountMode: 'LIVE' | 'SANDBOX';
  /** Coexistence: the number is in the WhatsApp Business app as well (meta-facts §5.1 (2)). */
  isOnBizApp: boolean;
  /** Of the whole portfolio (meta-facts §6). */
  messagingLimit: 'TIER_250' | 'TIER_2K' | 'TIER_10K' | 'TIER_100K' | 'TIER_UNLIMITED';
  /** Null to follow from the rest. */
  canSendMessage: SendingHealth | null;
  /**
   * The only recipients of a test number, in digits (#131030, meta-facts §8); null for a number of one's own,
   * which may write to everybody.
   */
  allowedRecipients: Set<string> | null;
  /** The two-step PIN; null while none is set. */
  pin: string | null;
  /** The code that `request_code` has sent and `verify_code` waits for; null when none is on its way. */
  verificationCode: string | null;
  callbackOverride: CallbackOverride | null;
  /** When `register` and `deregister` were called in the last 72 hours, in milliseconds (meta-facts §5.1 (2)). */
  registrationCalls: number[];
  /** Until when further calls of these are answered #133016, in milliseconds. */
  registrationBlockedUntil: number;
};

/** A business phone in Meta's books. */
export type BusinessPhoneRecord = BusinessPhone & BusinessPhoneStanding;

/** A phone that can send, with a good name, unless the options say otherwise. */
export function createBusinessPhone(options: BusinessPhone): BusinessPhoneRecord {
  return {
    status: null,
    platformType: null,
    codeVerificationStatus: 'VERIFIED',
    nameStatus: 'APPROVED',
    newNameStatus: 'NONE',
    qualityRating: 'GREEN',
    throughputLevel: null,
    accountMode: 'LIVE',
    isOnBizApp: false,
    messagingLimit: 'TIER_250',
    canSendMessage: null,
    allowedRecipients: null,
    pin: null,
    verificationCode: null,
    callbackOverride: null,
    registrationCalls: [],
    registrationBlockedUntil: 0,
    ...options,
  };
}

/** What `GET` says of the phone's `status`. */
export function statusOf(phone: BusinessPhoneRecord): string {
  return phone.status ?? (phone.registered ? 'CONNECTED' : 'PENDING');
}

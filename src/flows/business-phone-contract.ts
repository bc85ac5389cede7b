import type { Actor } from '../domain/audit.ts';
import type { Lane } from '../domain/lane.ts';
import type { SignatureVerifier } from '../whatsapp/signature.ts';
import type { OurPhones } from './inbound/place-event.ts';
import type { Sender } from './outbound/send-due.ts';

/** A secret as it may be shown. The fingerprint is null when the secret cannot be decrypted. */
export type SecretView = { origin: 'environment' | 'database'; fingerprint: string | null };

/** A business phone as it may be shown: no secret, only fingerprints. Times in milliseconds. */
export type BusinessPhoneView = {
  /** Meta's `phone_number_id`. */
  id: string;
  label: string | null;
  displayPhoneNumber: string | null;
  /** The numbers that it is known by, in digits: as it was configured, and as webhooks show it. */
  numbers: string[];
  wabaId: string | null;
  /** Where it is configured; null: nowhere, the feed speaks of it. */
  origin: 'environment' | 'database' | null;
  isDefault: boolean;
  /** Webhooks about it are kept apart, because other phones are ours and this one is not. */
  foreign: boolean;
  /** Its own, or else the environment's; null when there is neither. */
  accessToken: SecretView | null;
  appSecrets: SecretView[];
  firstSeenAt: number | null;
  lastEventAt: number | null;
  createdAt: number | null;
  updatedAt: number | null;
};

/** What can be said of a business phone that is added or changed. Left out: as it is; null: none. */
export type PhoneDetails = {
  wabaId?: string | null | undefined;
  displayPhoneNumber?: string | null | undefined;
  label?: string | null | undefined;
  accessToken?: string | null | undefined;
  /** Several while one is rotated. */
  appSecrets?: readonly string[] | null | undefined;
  /** Makes it the one to send from when a request names none. */
  default?: true | undefined;
};

/** What became of a business phone, as far as others have to know. */
export type PhoneNews = 'access-token' | 'registered' | 'removed';

/** Why the business phones were not changed. */
export type PhoneRefusal = 'known' | 'unknown' | 'in-environment' | 'encryption-key-missing';

/** What a change came to; the phone is as it is now, or as it last was. */
export type PhoneChange = { phone: BusinessPhoneView } | { refusal: PhoneRefusal };

/** The business phones of a running gateway. What is answered at once is as of the last change here, or `reload`. */
export type BusinessPhones = {
  /** The one to send from when a request names none, to which messages that name no phone belong. */
  defaultId(): string | null;
  isOurs(id: string): boolean;
  /** Some phone is ours, and this one is not. */
  isForeign(id: string): boolean;
  /**
   * The phones as a body signed with one app secret may speak of them; all others are foreign to it. A phone with
   * secrets of its own is vouched for by these alone, every other one by the environment's.
   */
  vouchedBy(secretFingerprint: string): OurPhones;
  /** Whether, and as whom, a lane sends. */
  senderOf(lane: Lane): Sender;
  /** Token and app secrets with which one of ours works, in the clear; null for a phone that is not ours. */
  credentialsOf(id: string): { accessToken: string | null; appSecrets: readonly string[] } | null;
  /** Meta's id of the WhatsApp account of a lane; null when nobody has told. */
  accountOf(lane: Lane): string | null;
  /** Checks signatures against the app secrets of all phones; null when there is none. */
  verifier(): SignatureVerifier | null;
  /** Sentences about kept secrets that cannot be decrypted. */
  warnings(): string[];
  /** Ascending by id: ours, and those that the feed speaks of. */
  list(): Promise<BusinessPhoneView[]>;
  add(id: string, details: PhoneDetails, actor: Actor): Promise<PhoneChange>;
  change(id: string, details: PhoneDetails, actor: Actor): Promise<PhoneChange>;
  remove(id: string, actor: Actor): Promise<PhoneChange>;
  /** Reads them again: another process may have changed them. */
  reload(): Promise<void>;
};

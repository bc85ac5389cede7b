/**
 * The failure table: every expected way for a notification, or the file of a message, to go wrong. The API, the
 * command line, the pages and the retry rules all read it.
 */

import type { CheckName } from './check.ts';

/** How another try can help. `delay` is the wait before the first retry in milliseconds; it then grows. */
export type Retry =
  | { help: 'never' }
  /** Something has to be corrected first; another try by itself would fail again. */
  | { help: 'after-cure' }
  /** The same request may succeed later; `tries` limits how often, otherwise only `notAfter` does. */
  | { help: 'later'; delay: number; factor: number; tries?: number };

/** One row of the failure table. */
export type FailureRow = {
  /** A sentence that says what went wrong. */
  title: string;
  retry: Retry;
  /** What to do about it, ending with the next step. */
  remedy: string;
  /** The check of doctor that would confirm it; left out where none looks at that. */
  check?: CheckName;
};

const never: Retry = { help: 'never' };
const afterCure: Retry = { help: 'after-cure' };
const soon: Retry = { help: 'later', delay: 2_000, factor: 2 };
const slowly: Retry = { help: 'later', delay: 60_000, factor: 2 };
const patiently: Retry = { help: 'later', delay: 10_000, factor: 3 };

const rows = {
  'window-closed': {
    title: 'The 24-hour window is closed, so WhatsApp delivers only templates to this person.',
    retry: afterCure,
    remedy:
      'Send an approved template instead (`template`, or `fallback` beside the text), or wait until the person writes to your number.',
  },
  'text-too-long': {
    title: 'The text is longer than the 4,096 characters that WhatsApp takes.',
    retry: never,
    remedy: 'Shorten the text, or send it as several notifications.',
  },
  'content-invalid': {
    title: 'Part of the message is not as WhatsApp takes it, so it was not sent.',
    retry: never,
    remedy: 'Read `details`: it names the part. Correct it and send a new notification.',
  },
  'recipient-invalid': {
    title: 'The recipient is neither a phone number, nor a WhatsApp id, nor a contact that we know.',
    retry: never,
    remedy:
      'Give `to` as a number with its country code, such as +55 85 98765-4321, or as the id of a contact from GET /v1/contacts.',
  },
  'area-code-missing': {
    title: 'The phone number is too short for its country: its area code is missing, or the country code.',
    retry: never,
    remedy: 'Give `to` with country code and area code, such as +55 85 98765-4321.',
  },
  'recipient-not-permitted': {
    title: 'RECADO_ONLY_TO permits other recipients only.',
    retry: never,
    remedy: 'Add the number to RECADO_ONLY_TO, or remove that setting outside staging.',
  },
  'business-phone-missing': {
    title: 'No business phone is configured to send from.',
    retry: afterCure,
    remedy:
      'Set META_PHONE_NUMBER_ID in .env (Meta console: WhatsApp → API Setup), then restart; `recado init` asks for it. Further business phones: `recado phones add`; `recado phones list` shows them.',
    check: 'configuration',
  },
  'business-phone-not-ours': {
    title: 'The business phone to send from is not one of ours, or not any more.',
    retry: afterCure,
    remedy:
      'Look at `recado phones list` for the ids of ours, and send a new notification from one of them, or leave it out for the default. Add a phone with `recado phones add`.',
  },
  'access-token-missing': {
    title: 'No access token is configured, so Meta cannot be asked to send anything.',
    retry: afterCure,
    remedy:
      'Set META_ACCESS_TOKEN in .env to a System User token, then restart; `recado init` asks for it. A token for one business phone alone: `recado phones change`.',
    check: 'configuration',
  },
  'access-token-unreadable': {
    title: 'The access token of this business phone cannot be decrypted.',
    retry: afterCure,
    remedy:
      'Set RECADO_ENCRYPTION_KEY as it was when the token was given, then restart; or give the token again with `recado phones change`.',
    check: 'configuration',
  },
  'not-connected': {
    title: 'Meta could not be reached; the message certainly did not leave.',
    retry: soon,
    remedy:
      'Recado tries again by itself. If it goes on, check this machine’s network, DNS and META_GRAPH_URL.',
    check: 'graph-api',
  },
  'outcome-unknown': {
    title: 'The message may have left, but nobody answered and no status came.',
    retry: never,
    remedy:
      'Recado does not send it again, so that nobody is written to twice. Ask the person, or send a new notification if a double does no harm.',
    check: 'reply',
  },
  expired: {
    title: 'The notification could not be sent before its `notAfter`.',
    retry: never,
    remedy: 'Look at its attempts for the reason, cure that, and send a new notification.',
  },
  'business-phone-not-registered': {
    title: 'Your own business phone is not registered on the Cloud API.',
    retry: afterCure,
    remedy:
      'Register it once: `npx recado register`, with its two-step PIN in META_REGISTRATION_PIN. A webhook or a message from the person does not cure this.',
    check: 'registered',
  },
  'recipient-unreachable': {
    title: 'WhatsApp cannot deliver to this person.',
    retry: never,
    remedy:
      'The number may not be on WhatsApp, or the person has an old version or has not accepted the new terms. Check the number with the person, or reach them another way.',
  },
  'recipient-not-allowed': {
    title: 'A test number may only write to the recipients on its list.',
    retry: afterCure,
    remedy:
      'Add the recipient in the Meta console under WhatsApp → API Setup → To (in exactly the spelling that WhatsApp uses), or send from a real business phone.',
    check: 'phone-status',
  },
  'access-token-refused': {
    title: 'Meta refused the access token: it has expired or was revoked.',
    retry: afterCure,
    remedy:
      'Make a System User token that does not expire, set it as META_ACCESS_TOKEN, and restart; for a business phone with a token of its own, give it with `recado phones change`.',
    check: 'token',
  },
  'permission-missing': {
    title: 'The access token lacks a permission.',
    retry: afterCure,
    remedy:
      'Make a token with whatsapp_business_messaging and whatsapp_business_management, for a System User to whom the WhatsApp account is assigned.',
    check: 'token',
  },
  'phone-number-id-wrong': {
    title: 'Meta knows no business phone with this id, or the token may not see it.',
    retry: afterCure,
    remedy:
      'META_PHONE_NUMBER_ID is the long id under WhatsApp → API Setup, not the phone number itself. Correct it and restart.',
    check: 'phone-id',
  },
  'request-invalid': {
    title: 'Meta refused the message because part of it is not valid.',
    retry: afterCure,
    remedy: 'Read `details`: it names the part. Correct it and send a new notification.',
  },
  'template-missing': {
    title: 'Meta knows no approved template with this name in this language.',
    retry: afterCure,
    remedy:
      'Compare name and language with WhatsApp Manager → Message templates; a template must be approved, and belong to the same WhatsApp account as the business phone.',
  },
  'template-not-approved': {
    title: 'Meta has not approved the template, or not yet.',
    retry: afterCure,
    remedy:
      'Wait for the approval, which a webhook tells, or read in WhatsApp Manager → Message templates why it was rejected. `npx recado templates` shows where each stands.',
  },
  'template-parameters-wrong': {
    title: 'The parameters do not fit the template.',
    retry: afterCure,
    remedy: 'Give exactly as many parameters, of the same kinds, as the template has placeholders.',
  },
  'template-unavailable': {
    title: 'The template is paused or disabled.',
    retry: afterCure,
    remedy: 'Edit the template in WhatsApp Manager so that people find it useful, or use another one.',
  },
  'template-not-ready': {
    title: 'Meta has not finished preparing the template; that takes up to 10 minutes.',
    retry: slowly,
    remedy: 'Recado waits and tries again by itself.',
  },
  'flow-unavailable': {
    title: 'The Flow that the message opens is blocked or throttled.',
    retry: afterCure,
    remedy: 'Open the Flow in WhatsApp Manager → Flows, correct what it names, and send a new notification.',
  },
  'throughput-exceeded': {
    title: 'More messages per second than the business phone may send.',
    retry: soon,
    remedy: 'Recado slows down and tries again by itself.',
    check: 'phone-status',
  },
  'pair-rate-exceeded': {
    title: 'Too many messages to the same person in a short time.',
    retry: { help: 'later', delay: 6_000, factor: 4 },
    remedy: 'Recado waits and tries again by itself; send this person fewer messages.',
  },
  'call-rate-exceeded': {
    title: 'Meta’s limit of calls by this app or account is reached.',
    retry: slowly,
    remedy: 'Recado waits and tries again by itself. Find out what else uses the same app.',
  },
  'spam-limited': {
    title: 'Meta limits this business phone because too many people blocked or reported it.',
    retry: never,
    remedy:
      'Stop sending what people do not want; look at the quality rating in WhatsApp Manager, and wait some days.',
    check: 'quality',
  },
  'withheld-by-meta': {
    title: 'Meta chose not to deliver this marketing message to this person now.',
    retry: never,
    remedy: 'Wait at least 24 hours before writing to this person again; do not repeat the message.',
  },
  'recipient-opted-out': {
    title: 'The person has stopped marketing messages from you.',
    retry: never,
    remedy: 'Respect it: send no marketing to this person until they start it again.',
  },
  'recipient-blocked': {
    title: 'Your business has blocked this person.',
    retry: afterCure,
    remedy: 'Unblock the person where the block was set (WhatsApp Manager, or your inbox), then send again.',
  },
  'country-restricted': {
    title: 'Meta does not let this WhatsApp account write to people in this country.',
    retry: never,
    remedy:
      'Meta restricts some kinds of business and of messages by country: compare WhatsApp’s Business Messaging Policy, or reach the person another way.',
  },
  'account-restricted': {
    title: 'Meta has restricted or locked the WhatsApp account.',
    retry: afterCure,
    remedy:
      'Open Business Support Home in Meta Business Suite, read the violation, and appeal or correct it.',
    check: 'health',
  },
  'payment-problem': {
    title: 'Something is wrong with the payment method of the WhatsApp account.',
    retry: afterCure,
    remedy: 'Open Billing in Meta Business Suite and correct the payment method, currency and tax details.',
    check: 'health',
  },
  'terms-not-accepted': {
    title: 'Your business has not accepted the terms of what the message uses.',
    retry: afterCure,
    remedy: 'Read `details`, accept the terms in WhatsApp Manager, and send a new notification.',
  },
  'display-name-pending': {
    title: 'The display name of the business phone is not approved yet.',
    retry: afterCure,
    remedy: 'Wait for the approval in WhatsApp Manager → Phone numbers, then send again.',
    check: 'display-name',
  },
  'meta-unavailable': {
    title: 'Meta’s service is briefly unavailable.',
    retry: soon,
    remedy: 'Recado tries again by itself; metastatus.com shows known disturbances.',
    check: 'graph-api',
  },
  'unexplained-by-meta': {
    title: 'Meta failed for a reason that it does not name.',
    retry: { help: 'later', delay: 2_000, factor: 3, tries: 5 },
    remedy:
      'Recado tries a few times by itself. If it goes on, look at metastatus.com, then give the trace id of the attempt to Meta’s support.',
  },
  'refused-without-code': {
    title: 'Meta refused the message and gave no error code.',
    retry: never,
    remedy:
      'Read `details`, where there are any: they are all that Meta said. Look at the business phone and the account in WhatsApp Manager, then ask Meta’s support, and give them the id of the message.',
  },
  'meta-refused': {
    title: 'Meta refused the message with a code that Recado does not expect as the answer to a message.',
    retry: never,
    remedy:
      'Run `recado show error <code>`, or look the code up in Meta’s list of error codes; `details` and the trace id of the attempt help Meta’s support.',
  },
  'media-unavailable': {
    title: 'Meta did not give the file out.',
    retry: patiently,
    remedy:
      'Recado tries again by itself, for the seven days for which Meta gives it out. If it goes on, read `details`, and run `recado doctor`.',
    check: 'graph-api',
  },
  'media-broken': {
    title: 'What came is not the file that Meta announced: its size or its hash differs.',
    retry: patiently,
    remedy:
      'Recado fetches it again by itself. If it goes on, look for what changes files on the way here, such as a filtering proxy.',
  },
  'media-not-kept': {
    title: 'The file came, and could not be written where files are kept.',
    retry: patiently,
    remedy:
      '`details` has the system’s word. Make room in the folder that MEDIA_FOLDER names, and let the user who runs Recado write there; with MEDIA_BUCKET_URL, look whether the store answers and takes the key. Recado fetches the file again by itself.',
  },
  'media-too-large': {
    title: 'The file is larger than Recado keeps.',
    retry: never,
    remedy:
      'Raise it, as in `recado settings set mediaMegabytes 100`, and ask the person to send the file again.',
  },
  'media-expired': {
    title: 'Meta gives a file out for seven days, and in that time it could not be fetched.',
    retry: never,
    remedy: 'Cure what `details` tells of the last try, and ask the person to send the file again.',
  },
} as const satisfies Record<string, FailureRow>;

/** The stable code of an expected failure. Codes are never given a second meaning. */
export type FailureCode = keyof typeof rows;

/** A failure as it is stored with a notification and shown to people. */
export type Failure = {
  code: FailureCode;
  /** Meta's number, such as 133010, when the failure is Meta's answer and has one. */
  metaCode: number | null;
  title: string;
  /** Meta's own explanation, when it gave one. */
  details: string | null;
  remedy: string;
};

/** The row of the failure table. */
export function failureRow(code: FailureCode): FailureRow {
  return rows[code];
}

/** The check of doctor that would confirm a failure; null where none looks at that, or for a code of another version. */
export function checkOf(code: FailureCode): CheckName | null {
  const row: FailureRow | undefined = rows[code];
  return row?.check ?? null;
}

/** Every code of the table, for the documents that list them. */
export const failureCodes = Object.keys(rows) as FailureCode[];

/** A failure of one kind, with what Meta said about it when Meta said something. */
export function failureOf(
  code: FailureCode,
  meta: { code: number | null; details: string | null } | null = null,
): Failure {
  const row = rows[code];
  return {
    code,
    metaCode: meta?.code ?? null,
    title: row.title,
    details: meta?.details ?? null,
    remedy: row.remedy,
  };
}

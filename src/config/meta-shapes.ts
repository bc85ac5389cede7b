/**
 * What Meta's secrets and ids look like, so that a value pasted into the wrong place is recognised. Only what
 * is certainly wrong is a mistake; everything that is merely unusual is a warning, because Meta may change a
 * shape without asking us. A Graph URL that is not Meta's (a simulator) lifts most checks of secrets.
 */

import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { type Finding, mistake, type OtherValues, type ValueCheck, warning } from './finding.ts';

const whereAppSecret = 'Copy it again: Meta console → your app → App settings → Basic → App secret → Show.';
const whereAccessToken =
  'Make one: Meta Business Suite → Settings → System users → Generate token, with whatsapp_business_messaging and whatsapp_business_management.';
const wherePhoneNumberId =
  'Copy the long id: Meta console → your app → WhatsApp → API Setup → Phone number ID (below the number).';
const whereIds = 'Copy it again from Meta console → your app → WhatsApp → API Setup.';
const makeToken =
  'Run `npx recado init --replace META_WEBHOOK_VERIFY_TOKEN`, then paste the new one in Meta’s console.';

/** The verify token that the old setup guide prints as its example; everybody can read it. */
const guideExample = 'a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6';

/** A verify token: any text that is the same here and in Meta's console (meta-facts §1). */
export const checkVerifyToken: ValueCheck = (value) => {
  if (looksLikeAccessToken(value)) {
    return warning('a random text of your own', makeToken, 'this looks like an access token');
  }
  if (value === guideExample) {
    return warning('a random text of your own', makeToken, 'this is the example from a public guide');
  }
  if (value.length < 16) return warning('at least 16 characters that nobody can guess', makeToken);
  return null;
};

/** A two-step PIN: six digits (meta-facts §7.2). */
export const checkRegistrationPin: ValueCheck = (value) =>
  /^\d{6}$/.test(value)
    ? null
    : mistake(
        'six digits',
        'Choose a PIN of your own, such as META_REGISTRATION_PIN=212834; Meta asks for it again.',
      );

/** An app secret: 32 hexadecimal digits. */
export const checkAppSecret: ValueCheck = (value, others) => {
  const expected = '32 hexadecimal digits (0–9, a–f)';
  // A pretend Meta may have any secret, but none that is made to look like its token.
  if (looksLikeAccessToken(value))
    return mistake(expected, whereAppSecret, 'this looks like an access token');
  if (!asksMeta(others) || /^[0-9a-f]{32}$/i.test(value)) return null;
  if (value === others('META_WEBHOOK_VERIFY_TOKEN')) {
    return mistake(expected, whereAppSecret, 'this is the verify token');
  }
  if (/^\d+$/.test(value)) return mistake(expected, whereAppSecret, 'this looks like an id');
  return mistake(expected, whereAppSecret);
};

/** An access token: begins with EAA. Meta calls tokens opaque, so another beginning is only a warning. */
export const checkAccessToken: ValueCheck = (value, others) => {
  const expected = 'an access token, which begins with EAA';
  if (/^bearer\s/i.test(value)) {
    return mistake(`${expected}, alone`, 'Remove the word “Bearer” and the space after it.');
  }
  if (/\s/.test(value)) return mistake(`${expected}, without spaces`, whereAccessToken);
  if (!asksMeta(others) || looksLikeAccessToken(value)) return null;
  if (/^[0-9a-f]{32}$/i.test(value)) {
    return mistake(expected, whereAccessToken, 'this looks like an app secret');
  }
  if (/^\+?\d+$/.test(value)) return mistake(expected, whereAccessToken, 'this looks like a number or an id');
  if (value.includes('|')) {
    return mistake(
      expected,
      whereAccessToken,
      'this looks like an app token (APP_ID|APP_SECRET), which cannot send',
    );
  }
  return warning(expected, whereAccessToken);
};

/**
 * A phone number id: Meta's digits, never the number that people dial. Ids usually have 15 to 17 digits, numbers with
 * their country code 10 to 13: one of at most 13 that some country has given out is certainly the number.
 */
export const checkPhoneNumberId: ValueCheck = (value, others) => {
  const expected = 'Meta’s phone number id, digits only (usually 15 to 17)';
  const found = 'this looks like a phone number, not a phone number id';
  if (/^\+[\d\s().-]*$/.test(value) || /^\(?\d[\d\s().-]*[\s().-][\d\s().-]*$/.test(value)) {
    return mistake(expected, wherePhoneNumberId, found);
  }
  if (!/^\d+$/.test(value)) return mistake(expected, wherePhoneNumberId);
  for (const other of ['META_WABA_ID', 'META_APP_ID']) {
    if (value === others(other)) return mistake(expected, wherePhoneNumberId, `this is the same as ${other}`);
  }
  if (value.length > LONGEST_USUAL_NUMBER || !asksMeta(others)) return null;
  const number = parsePhoneNumberFromString(`+${value}`);
  return number?.isValid() === true
    ? mistake(
        expected,
        wherePhoneNumberId,
        `this is the phone number ${number.formatInternational()}, not its id`,
      )
    : warning(expected, wherePhoneNumberId, found);
};

/**
 * What is certainly wrong with an id that is given for a business phone while Recado runs: the same rule as that of
 * META_PHONE_NUMBER_ID, beside the other settings of Meta. Null when nothing is.
 */
export function phoneNumberIdMistake(
  id: string,
  meta: { graphUrl: string; wabaId: string | null; appId: string | null },
): Finding | null {
  const others: Record<string, string | null> = {
    META_GRAPH_URL: meta.graphUrl,
    META_WABA_ID: meta.wabaId,
    META_APP_ID: meta.appId,
  };
  const finding = checkPhoneNumberId(id, (name) => others[name] ?? null);
  return finding?.severity === 'mistake' ? finding : null;
}

/** Digits of a phone number with its country code. */
const LONGEST_USUAL_NUMBER = 13;

/** The id of an app or of a WhatsApp Business Account: digits. */
export const checkMetaId: ValueCheck = (value) =>
  /^\d+$/.test(value) ? null : mistake('an id of digits only', whereIds);

/** A WABA id: digits, and not the app's. */
export const checkWabaId: ValueCheck = (value, others) => {
  if (value === others('META_APP_ID')) {
    return mistake(
      'the id of the WhatsApp Business Account',
      'Copy it: Meta console → your app → WhatsApp → API Setup → WhatsApp Business Account ID.',
      'this is the same as META_APP_ID',
    );
  }
  return checkMetaId(value, others);
};

/** A Graph API version such as v25.0. */
export const checkGraphVersion: ValueCheck = (value): Finding | null =>
  /^v\d{1,3}\.\d{1,2}$/.test(value)
    ? null
    : mistake(
        'a version such as v25.0',
        'Remove META_GRAPH_VERSION to use the one this release was tested with.',
      );

function looksLikeAccessToken(value: string): boolean {
  return /^EAA[0-9A-Za-z]{8,}$/.test(value);
}

function asksMeta(others: OtherValues): boolean {
  const url = others('META_GRAPH_URL');
  return url === null || !URL.canParse(url) || isMetasGraph(url);
}

/** Whether a Graph URL is Meta's own, and not a simulator's. */
export function isMetasGraph(url: string): boolean {
  return /(^|\.)facebook\.com$/.test(new URL(url).hostname);
}

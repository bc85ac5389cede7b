import type { BusinessPhoneRecord } from '../accounts/business-phone.ts';
import { type App, webhookFields } from '../accounts/developer-app.ts';
import type { WhatsappAccount } from '../accounts/whatsapp-account.ts';

/** Why Meta tells an app nothing. */
export type Silence =
  | 'account-not-subscribed'
  | 'no-callback'
  | 'callback-unverified'
  | 'subscription-inactive'
  | 'field-not-ticked'
  | 'app-in-development';

/** Where an app's webhook goes, or why it goes nowhere. */
export type Callback =
  | { told: true; url: string; through: 'phone' | 'whatsapp-account' | 'app' }
  | { told: false; because: Silence; reason: string };

/** The fields that an override moves; every other one goes to the app's own callback (meta-facts §3). */
const overriddenFields: ReadonlySet<string> = new Set([
  'messages',
  'message_echoes',
  'calls',
  'consumer_profile',
  'messaging_handovers',
  'group_lifecycle_update',
  'group_participants_update',
  'group_settings_update',
  'group_status_update',
  'smb_message_echoes',
  'smb_app_state_sync',
  'history',
  'account_settings_update',
]);

/**
 * Where Meta sends one app a webhook of this field (meta-facts §1, §2.5, §7.2): the phone's override, else the WhatsApp
 * account's, else the app's callback; and nowhere unless the app is subscribed to the account, has a verified callback
 * of its own, has ticked the field unless it is one that nobody can tick, and is live.
 *
 * @param place.account null for an account that the books do not know
 * @param place.phone null for fields about no phone
 * @param fieldsInDevelopment the fields that an app in development is told
 */
export function resolveCallback(
  app: App,
  field: string,
  place: { account: WhatsappAccount | null; phone: BusinessPhoneRecord | null },
  fieldsInDevelopment: readonly string[],
): Callback {
  const subscribed = place.account?.subscribedApps.get(app.id);
  if (subscribed === undefined) return notSubscribed(place.account?.id ?? null, app);
  const silence = silenceOf(app, field) ?? developmentSilence(app, field, fieldsInDevelopment);
  if (silence !== null) return silence;
  const own = app.subscription.callbackUrl ?? '';
  if (!overriddenFields.has(field)) return { told: true, url: own, through: 'app' };
  const ofPhone = place.phone?.callbackOverride;
  if (ofPhone) return { told: true, url: ofPhone.callbackUrl, through: 'phone' };
  if (subscribed.override === null) return { told: true, url: own, through: 'app' };
  return { told: true, url: subscribed.override.callbackUrl, through: 'whatsapp-account' };
}

/** Where the dashboard's "Test" of a field goes: to the app's own callback, whatever its mode (meta-facts §8). */
export function resolveDashboardTest(app: App, field: string): Callback {
  const silence = silenceOf(app, field);
  return silence ?? { told: true, url: app.subscription.callbackUrl ?? '', through: 'app' };
}

/** What of the app's own subscription keeps a field silent. */
function silenceOf({ id, subscription }: App, field: string): Callback | null {
  if (subscription.callbackUrl === null) {
    return silent('no-callback', 'No webhook URL is set, so Meta has nobody to tell.');
  }
  if (!subscription.verified) {
    return silent('callback-unverified', `The callback of the app ${id} has failed the handshake.`);
  }
  if (!subscription.active) {
    return silent('subscription-inactive', `The subscription of the app ${id} is not active.`);
  }
  // A field that Meta invents tomorrow cannot be ticked yet. It is told only when somebody orders it.
  if (webhookFields.includes(field) && !subscription.fields.has(field)) {
    return silent('field-not-ticked', `The field ${field} is not ticked in the app ${id}.`);
  }
  return null;
}

function developmentSilence(app: App, field: string, sent: readonly string[]): Callback | null {
  if (app.mode === 'live' || sent.includes(field)) return null;
  return silent(
    'app-in-development',
    `The app ${app.id} is in development: Meta sends it tests of the dashboard only. Switch it to Live.`,
  );
}

function notSubscribed(accountId: string | null, { id }: App): Callback {
  return silent(
    'account-not-subscribed',
    accountId === null
      ? `The webhook is about a WhatsApp Business Account that is not in the books, so the app ${id} is not told.`
      : `The app ${id} is not subscribed to the WhatsApp Business Account ${accountId}: POST /${accountId}/subscribed_apps.`,
  );
}

function silent(because: Silence, reason: string): Callback {
  return { told: false, because, reason };
}

import type { ConnectionPart, ConnectionWay } from '../../domain/connection.ts';
import { type SetupProblem, setupProblem } from '../../domain/setup-problem.ts';
import type { AppSubscriptionFacts } from '../../whatsapp/graph-answers/read-app-subscription.ts';
import type { PhoneFacts } from '../../whatsapp/graph-answers/read-phone-facts.ts';

/** What was found out, or why it could not be. */
export type Found<Value> = { found: Value } | { problem: SetupProblem };

/** What Meta is to be told. */
export type ConnectionWish = {
  way: ConnectionWay;
  /** Where Meta is to call, and what it must be told there. */
  callback: Found<{ url: string; verifyToken: string }>;
  /** The webhook fields that are to be ticked. */
  fields: readonly string[];
  /** Whether a PIN is at hand to register phones with. */
  pin: boolean;
};

/** How things stand at Meta. */
export type ConnectionState = {
  app: { id: string | null; subscription: Found<AppSubscriptionFacts | null> };
  accounts: { id: string; subscription: Found<{ overrideCallback: string | null } | null> }[];
  phones: { id: string; wabaId: string | null; setup: Found<PhoneSetup> }[];
};

/** A callback with what its handshake needs. */
export type Callback = { url: string; verifyToken: string };

/** As much of a business phone as its setup is judged by. */
export type PhoneSetup = Pick<
  PhoneFacts,
  'platformType' | 'status' | 'codeVerificationStatus' | 'nameStatus' | 'onBusinessApp' | 'callbacks'
>;

/** One change at Meta. */
export type ConnectionChange =
  | { change: 'app-callback'; appId: string; callback: Callback; fields: readonly string[] }
  /** Without a callback: those of the app, and any override goes. */
  | { change: 'account-subscription'; id: string; override: Callback | null }
  | { change: 'phone-callback'; id: string; override: Callback | null }
  | { change: 'registration'; id: string };

/** One part of the connection: how it stands, and how it is to stand. */
export type ConnectionStep = {
  part: ConnectionPart;
  /** The id of the app, the WhatsApp account or the business phone; null for an app without one. */
  subject: string | null;
  /** How it stands; null when that could not be found out. */
  now: string | null;
  /** How it is to stand; null when it stays as it is. */
  wanted: string | null;
  /** What the change takes away from somebody; null when nothing. */
  warning: string | null;
  /** Why it can neither be done nor be said to be right; null when it can. */
  problem: SetupProblem | null;
  change: ConnectionChange | null;
};

/** The steps from how things stand to what is wished, in the order in which they are taken. Pure. */
export function planConnection(wish: ConnectionWish, state: ConnectionState): ConnectionStep[] {
  return [
    planApp(wish, state.app),
    ...state.accounts.map((account) => planAccount(wish, account)),
    ...state.phones.flatMap((phone) => planPhone(wish, phone)),
  ];
}

function planApp(wish: ConnectionWish, { id, subscription }: ConnectionState['app']): ConnectionStep {
  const step = stepOf('app-callback', id);
  if ('problem' in subscription) return { ...step, problem: subscription.problem };
  if (id === null) return { ...step, problem: setupProblem('app-id-missing') };
  const now = subscription.found;
  const missing = wish.fields.filter((field) => now?.fields.includes(field) !== true);
  const shown = now === null ? 'no callback' : appSentence(now);
  if ('problem' in wish.callback) return { ...step, now: shown, problem: wish.callback.problem };
  const callback = wish.callback.found;
  const former = now?.callbackUrl ?? null;
  const leadsHere = former !== null && sameAddress(former, callback.url);
  if (leadsHere && now?.active === true && missing.length === 0) return { ...step, now: shown };
  if (now !== null && former !== null && !leadsHere && wish.way !== 'app') {
    // The handshake would need the verify token of whoever listens there.
    return now.active && now.fields.includes('messages')
      ? { ...step, now: shown }
      : { ...step, now: shown, problem: setupProblem('callback-of-others') };
  }
  const fields = [...new Set([...(now?.fields ?? []), ...wish.fields])];
  return {
    ...step,
    now: shown,
    wanted: appSentence({ callbackUrl: callback.url, active: true, fields }),
    warning: former === null || leadsHere ? null : takenFrom(former, 'this app'),
    change: { change: 'app-callback', appId: id, callback, fields },
  };
}

function planAccount(
  wish: ConnectionWish,
  { id, subscription }: ConnectionState['accounts'][number],
): ConnectionStep {
  const step = stepOf('account-subscription', id);
  if ('problem' in subscription) return { ...step, problem: subscription.problem };
  const now = subscription.found;
  const shown = now === null ? 'the app is not subscribed' : accountSentence(now.overrideCallback);
  if ('problem' in wish.callback) return { ...step, now: shown, problem: wish.callback.problem };
  const callback = wish.callback.found;
  const elsewhere = overrideElsewhere(now?.overrideCallback ?? null, callback);
  // An override that leads here harms nobody: it stays, unless there is to be none at all.
  const leadsHere = now !== null && now.overrideCallback !== null && elsewhere === null;
  const isRight = wish.way === 'account' ? leadsHere : now !== null && elsewhere === null;
  if (isRight || (wish.way === 'phone' && now !== null)) return { ...step, now: shown };
  const override = wish.way === 'account' ? callback : null;
  return {
    ...step,
    now: shown,
    wanted: accountSentence(override?.url ?? null),
    warning: elsewhere === null ? null : takenFrom(elsewhere, 'this account'),
    change: { change: 'account-subscription', id, override },
  };
}

function planPhone(
  wish: ConnectionWish,
  { id, wabaId, setup }: ConnectionState['phones'][number],
): ConnectionStep[] {
  const account =
    wabaId === null
      ? [
          {
            ...stepOf('account-subscription', null),
            problem: setupProblem('waba-id-missing', `Phone ${id}.`),
          },
        ]
      : [];
  if ('problem' in setup) return [...account, { ...stepOf('registration', id), problem: setup.problem }];
  return [...account, ...planPhoneCallback(wish, id, setup.found), planRegistration(wish, id, setup.found)];
}

function planPhoneCallback(wish: ConnectionWish, id: string, { callbacks }: PhoneSetup): ConnectionStep[] {
  const overrideUrl = callbacks.phone;
  // Most phones have no callback of their own and want none: nothing to speak of.
  if (overrideUrl === null && wish.way !== 'phone') return [];
  const step = { ...stepOf('phone-callback', id), now: phoneSentence(overrideUrl) };
  if ('problem' in wish.callback) return [{ ...step, problem: wish.callback.problem }];
  const callback = wish.callback.found;
  const elsewhere = overrideElsewhere(overrideUrl, callback);
  if (overrideUrl !== null && elsewhere === null) return [step];
  const override = wish.way === 'phone' ? callback : null;
  return [
    {
      ...step,
      wanted: phoneSentence(override?.url ?? null),
      warning: elsewhere === null ? null : takenFrom(elsewhere, 'this phone'),
      change: { change: 'phone-callback', id, override },
    },
  ];
}

/** Names with which Meta registers a number; before that it stays pending for days (meta-facts §7.2). */
const readyNames: readonly (string | null)[] = ['APPROVED', 'AVAILABLE_WITHOUT_REVIEW', null];

function planRegistration(wish: ConnectionWish, id: string, setup: PhoneSetup): ConnectionStep {
  const step = stepOf('registration', id);
  if (isRegistered(setup)) return { ...step, now: 'registered on the Cloud API' };
  const unregistered = { ...step, now: 'not registered on the Cloud API' };
  const { codeVerificationStatus, nameStatus, onBusinessApp } = setup;
  // Coexistence: Meta registers such a number when its QR code is scanned, and by no call (meta-facts §5.1).
  if (onBusinessApp === true)
    return { ...unregistered, now: 'in the WhatsApp Business app, which registers it' };
  if (codeVerificationStatus !== null && codeVerificationStatus !== 'VERIFIED') {
    return { ...unregistered, problem: setupProblem('number-not-verified', `${codeVerificationStatus}.`) };
  }
  if (!readyNames.includes(nameStatus)) {
    return { ...unregistered, problem: setupProblem('name-not-ready', `${nameStatus}.`) };
  }
  if (!wish.pin) return { ...unregistered, problem: setupProblem('pin-missing') };
  return {
    ...unregistered,
    wanted: 'registered on the Cloud API, with the PIN of META_REGISTRATION_PIN',
    change: { change: 'registration', id },
  };
}

/** Whether Meta says that a phone is registered on the Cloud API (meta-facts §5.1). */
function isRegistered({ platformType, status }: Pick<PhoneSetup, 'platformType' | 'status'>): boolean {
  return platformType === null ? status === 'CONNECTED' : platformType === 'CLOUD_API';
}

/** Whether two addresses are one to Recado, which answers with and without the slash at the end. */
function sameAddress(one: string, other: string): boolean {
  return withoutSlash(one) === withoutSlash(other);
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '');
}

function overrideElsewhere(overrideUrl: string | null, callback: Callback): string | null {
  return overrideUrl === null || sameAddress(overrideUrl, callback.url) ? null : overrideUrl;
}

function stepOf(part: ConnectionStep['part'], subject: string | null): ConnectionStep {
  return { part, subject, now: null, wanted: null, warning: null, problem: null, change: null };
}

function appSentence({ callbackUrl, active, fields }: AppSubscriptionFacts): string {
  const ticked = fields.length === 0 ? 'no field' : fields.join(', ');
  return `${callbackUrl ?? 'no callback'}${active ? '' : ', not active'}, with ${ticked}`;
}

function accountSentence(overrideUrl: string | null): string {
  return overrideUrl === null
    ? 'the app is subscribed'
    : `the app is subscribed, and webhooks go to ${overrideUrl}`;
}

function phoneSentence(overrideUrl: string | null): string {
  return overrideUrl === null ? 'no callback of its own' : `webhooks go to ${overrideUrl}`;
}

function takenFrom(url: string, of: string): string {
  return `What listens at ${url} hears nothing more of ${of}.`;
}

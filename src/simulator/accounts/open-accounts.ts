import type { Clock } from '../../runtime/clock.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import type { BusinessPhone } from './business-phone.ts';
import { webhookFields } from './developer-app.ts';

/** The number that a simulator has when it is given none. */
export const defaultBusinessPhone: BusinessPhone = {
  phoneNumberId: '200100200100200',
  displayPhoneNumber: '551132100000',
  wabaId: '300100300100300',
  verifiedName: 'Recado Simulator',
  registered: true,
};

/** The app that a simulator has when it is given none. */
export const defaultAppId = '500100500100500';

const businessId = '600100600100600';

/** An app beside the first, such as a second stage's, or a partner's. */
export type FurtherApp = {
  id: string;
  /** Signs what this app is told. */
  secret: string;
  name?: string;
  /** `live` */
  mode?: 'live' | 'development';
  /** Null for nowhere yet. */
  callbackUrl?: string | null;
  verifyToken?: string;
  /** The ticked fields; all when left out. */
  fields?: readonly string[];
  /** The WhatsApp accounts that it is told of; all when left out. */
  subscribedTo?: readonly string[];
};

/** An access token beside the first. What is left out is as with that one. */
export type FurtherToken = {
  value: string;
  kind?: 'system-user' | 'user' | 'temporary';
  /** The first app's when left out. */
  appId?: string;
  scopes?: readonly string[];
  /** The WhatsApp accounts that it reaches; null for all. */
  accountIds?: readonly string[] | null;
  /** In milliseconds of simulated time; null for never. */
  expiresAt?: number | null;
};

/**
 * Books in which all is well: one live app with every field ticked, subscribed to the WhatsApp account of each phone,
 * and one system user's token with every permission; and what there is beside them. Throws a RangeError where something
 * belongs to an app or a WhatsApp account that is not there.
 */
export function openAccounts(
  clock: Clock,
  options: {
    phones: readonly BusinessPhone[];
    appId: string;
    appSecret: string;
    verifyToken: string;
    accessToken: string;
    webhookUrl: string | null;
    furtherApps?: readonly FurtherApp[];
    furtherTokens?: readonly FurtherToken[];
  },
): Accounts {
  const accounts = createAccounts(clock);
  accounts.addBusiness({ id: businessId, name: 'Recado Simulator' });
  accounts.addApp({
    id: options.appId,
    secret: options.appSecret,
    subscription: {
      callbackUrl: options.webhookUrl,
      verifyToken: options.verifyToken,
      fields: new Set(webhookFields),
      active: true,
      verified: true,
    },
  });
  accounts.addToken({ value: options.accessToken });
  for (const phone of options.phones) {
    accounts.addPhone(phone);
    accounts.whatsappAccount(phone.wabaId).subscribedApps.set(options.appId, { override: null });
  }
  for (const app of options.furtherApps ?? []) addFurtherApp(accounts, app);
  for (const { scopes, accountIds, ...token } of options.furtherTokens ?? []) {
    accounts.addToken({
      ...token,
      appId: accounts.app(token.appId).id,
      ...(scopes !== undefined && { scopes: new Set(scopes) }),
      ...(accountIds !== undefined && { accountIds: accountIds === null ? null : new Set(accountIds) }),
    });
  }
  return accounts;
}

function addFurtherApp(accounts: Accounts, app: FurtherApp): void {
  const { id, secret, name, mode, fields = webhookFields, callbackUrl = null, verifyToken = '' } = app;
  accounts.addApp({
    id,
    secret,
    ...(name !== undefined && { name }),
    ...(mode !== undefined && { mode }),
    subscription: { callbackUrl, verifyToken, fields: new Set(fields), active: true, verified: true },
  });
  const told = app.subscribedTo ?? accounts.whatsappAccounts().map((account) => account.id);
  for (const wabaId of told) accounts.whatsappAccount(wabaId).subscribedApps.set(id, { override: null });
}

import type { Clock } from '../../runtime/clock.ts';
import { sameSecret } from '../../whatsapp/same-secret.ts';
import {
  type AccessToken,
  businessScope,
  managementScope,
  messagingScope,
  TEMPORARY_TOKEN_LIFETIME,
} from './access-token.ts';
import { type BusinessPhone, type BusinessPhoneRecord, createBusinessPhone } from './business-phone.ts';
import { type App, webhookFields } from './developer-app.ts';
import type { WhatsappAccount } from './whatsapp-account.ts';

/** A business portfolio: what owns apps and WhatsApp accounts. */
export type Business = { readonly id: string; name: string };

/** Meta's books. The records are the state itself: set a member, and the next call and webhook go by it. */
export type Accounts = {
  /** The first is meant where none is named, here and below. Throws a RangeError for an unknown id. */
  app(id?: string): App;
  business(id?: string): Business;
  whatsappAccount(id?: string): WhatsappAccount;
  phone(id?: string): BusinessPhoneRecord;
  apps(): App[];
  businesses(): Business[];
  whatsappAccounts(): WhatsappAccount[];
  phones(): BusinessPhoneRecord[];
  tokens(): AccessToken[];
  /** The token with this value, also of an app (`APP_ID|APP_SECRET`); null when there is none. */
  findToken(value: string): AccessToken | null;
  addBusiness(business: Business): Business;
  /** Live, with every field ticked and no callback, unless told otherwise. */
  addApp(app: Pick<App, 'id' | 'secret'> & Partial<Omit<App, 'id' | 'secret'>>): App;
  /** With no app subscribed unless told otherwise. */
  addWhatsappAccount(account: { id: string } & Partial<Omit<WhatsappAccount, 'id'>>): WhatsappAccount;
  /** Makes the WhatsApp account too when it is not there. */
  addPhone(phone: BusinessPhone): BusinessPhoneRecord;
  /** A system user's of the first app, with every scope, for ever, unless told otherwise. */
  addToken(token: { value: string } & Partial<Omit<AccessToken, 'value'>>): AccessToken;
};

/** Empty books. */
export function createAccounts(clock: Clock): Accounts {
  const businesses = new Map<string, Business>();
  const apps = new Map<string, App>();
  const whatsappAccounts = new Map<string, WhatsappAccount>();
  const phones = new Map<string, BusinessPhoneRecord>();
  const tokens: AccessToken[] = [];

  const app = (id?: string) => one('app', apps, id);
  const business = (id?: string) => one('business portfolio', businesses, id);

  function findToken(value: string): AccessToken | null {
    const known = tokens.find((token) => sameSecret(token.value, value));
    if (known !== undefined) return known;
    const owner = [...apps.values()].find(({ id, secret }) => sameSecret(`${id}|${secret}`, value));
    if (owner === undefined) return null;
    return {
      value,
      kind: 'app',
      appId: owner.id,
      userId: null,
      scopes: new Set(),
      accountIds: null,
      expiresAt: null,
      invalidated: false,
    };
  }

  return {
    app,
    business,
    whatsappAccount: (id) => one('WhatsApp account', whatsappAccounts, id),
    phone: (id) => one('business phone', phones, id),
    apps: () => [...apps.values()],
    businesses: () => [...businesses.values()],
    whatsappAccounts: () => [...whatsappAccounts.values()],
    phones: () => [...phones.values()],
    tokens: () => [...tokens],
    findToken,
    addBusiness: (made) => put(businesses, made),
    addApp: (made) =>
      put(apps, {
        name: 'Recado Simulator',
        mode: 'live',
        subscription: {
          callbackUrl: null,
          verifyToken: '',
          fields: new Set(webhookFields),
          active: true,
          verified: true,
        },
        ...made,
      }),
    addWhatsappAccount: (made) => addWhatsappAccount(made),
    addPhone(options) {
      if (!whatsappAccounts.has(options.wabaId)) addWhatsappAccount({ id: options.wabaId });
      const phone = createBusinessPhone(options);
      phones.set(phone.phoneNumberId, phone);
      return phone;
    },
    addToken(made) {
      const kind = made.kind ?? 'system-user';
      const token: AccessToken = {
        kind,
        appId: app().id,
        userId: '400100400100400',
        scopes: new Set([messagingScope, managementScope, businessScope]),
        accountIds: null,
        expiresAt: kind === 'temporary' ? clock.now() + TEMPORARY_TOKEN_LIFETIME : null,
        invalidated: false,
        ...made,
      };
      tokens.push(token);
      return token;
    },
  };

  function addWhatsappAccount(made: { id: string } & Partial<Omit<WhatsappAccount, 'id'>>): WhatsappAccount {
    return put(whatsappAccounts, {
      name: 'Recado Simulator',
      businessId: business().id,
      sharedWith: new Set(),
      subscribedApps: new Map(),
      canSendMessage: 'AVAILABLE',
      ...made,
    });
  }
}

function put<Item extends { readonly id: string }>(items: Map<string, Item>, item: Item): Item {
  items.set(item.id, item);
  return item;
}

/** The item with this id, or the first. */
function one<Item>(what: string, items: ReadonlyMap<string, Item>, id: string | undefined): Item {
  const item = id === undefined ? items.values().next().value : items.get(id);
  if (item !== undefined) return item;
  const known = [...items.keys()].join(', ') || 'none';
  throw new RangeError(`There is no ${what} ${id ?? ''} in the simulator. Known are: ${known}.`);
}

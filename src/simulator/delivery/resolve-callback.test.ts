import { describe, expect, it } from 'vitest';
import { type Accounts, createAccounts } from '../accounts/accounts.ts';
import { webhookFields } from '../accounts/developer-app.ts';
import { resolveCallback, resolveDashboardTest } from './resolve-callback.ts';

const toPhone = 'https://phone.example/hook';
const toAccount = 'https://account.example/hook';
const toApp = 'https://app.example/hook';

function open(change: (accounts: Accounts) => void = () => {}): Accounts {
  const accounts = createAccounts({ now: () => 0 });
  accounts.addBusiness({ id: '6', name: 'Padaria Aurora' });
  accounts.addApp({ id: '5', secret: 's' }).subscription.callbackUrl = toApp;
  accounts.addPhone({
    phoneNumberId: '2',
    displayPhoneNumber: '551132100000',
    wabaId: '3',
    verifiedName: 'Padaria Aurora',
    registered: true,
  });
  accounts.whatsappAccount().subscribedApps.set('5', { override: null });
  change(accounts);
  return accounts;
}

function resolve(accounts: Accounts, field = 'messages', inDevelopment: string[] = []) {
  const place = { account: accounts.whatsappAccount(), phone: accounts.phone() };
  return resolveCallback(accounts.app(), field, place, inDevelopment);
}

const overridePhone = (accounts: Accounts) => {
  accounts.phone().callbackOverride = { callbackUrl: toPhone, verifyToken: 'v' };
};
const overrideAccount = (accounts: Accounts) => {
  accounts
    .whatsappAccount()
    .subscribedApps.set('5', { override: { callbackUrl: toAccount, verifyToken: 'v' } });
};

describe('where a webhook goes (meta-facts §3, §7.2: phone → WABA → app)', () => {
  it('goes to the phone’s override, else to the account’s, else to the app', () => {
    expect(resolve(open())).toEqual({ told: true, url: toApp, through: 'app' });
    expect(resolve(open(overrideAccount))).toEqual({
      told: true,
      url: toAccount,
      through: 'whatsapp-account',
    });
    const both = open((accounts) => {
      overrideAccount(accounts);
      overridePhone(accounts);
    });
    expect(resolve(both)).toEqual({ told: true, url: toPhone, through: 'phone' });
  });

  const overridden = [
    'account_settings_update',
    'calls',
    'consumer_profile',
    'group_lifecycle_update',
    'group_participants_update',
    'group_settings_update',
    'group_status_update',
    'history',
    'message_echoes',
    'messages',
    'messaging_handovers',
    'smb_app_state_sync',
    'smb_message_echoes',
  ];

  it.each(webhookFields)('an override moves %s only where Meta says so', (field) => {
    const url = overridden.includes(field) ? toPhone : toApp;
    expect(resolve(open(overridePhone), field)).toMatchObject({ told: true, url });
  });
});

describe('when nobody is told (meta-facts §1, §2.5)', () => {
  it.each<[string, (accounts: Accounts) => void]>([
    ['account-not-subscribed', (accounts) => accounts.whatsappAccount().subscribedApps.clear()],
    ['no-callback', (accounts) => (accounts.app().subscription.callbackUrl = null)],
    ['callback-unverified', (accounts) => (accounts.app().subscription.verified = false)],
    ['subscription-inactive', (accounts) => (accounts.app().subscription.active = false)],
    ['field-not-ticked', (accounts) => accounts.app().subscription.fields.delete('messages')],
    ['app-in-development', (accounts) => (accounts.app().mode = 'development')],
  ])('%s', (because, change) => {
    const found = resolve(open(change));
    expect(found).toEqual({ told: false, because, reason: expect.stringMatching(/\.$/) });
    // An override does not replace what the app itself lacks.
    const overridden = open((accounts) => {
      overridePhone(accounts);
      change(accounts);
    });
    expect(resolve(overridden)).toEqual(found);
  });

  it('an app in development is told the fields that are said to be sent, where that is left open', () => {
    const accounts = open((made) => (made.app().mode = 'development'));
    expect(resolve(accounts, 'messages', ['messages'])).toMatchObject({ told: true });
    expect(resolve(accounts, 'account_update', ['messages'])).toMatchObject({ told: false });
  });
});

describe('the dashboard’s test (meta-facts §8)', () => {
  it('reaches the app’s own callback, in development and without a subscribed account too', () => {
    const accounts = open((made) => {
      overridePhone(made);
      made.app().mode = 'development';
      made.whatsappAccount().subscribedApps.clear();
    });
    expect(resolveDashboardTest(accounts.app(), 'messages')).toMatchObject({ told: true, url: toApp });
    accounts.app().subscription.fields.delete('messages');
    expect(resolveDashboardTest(accounts.app(), 'messages')).toMatchObject({ because: 'field-not-ticked' });
  });
});

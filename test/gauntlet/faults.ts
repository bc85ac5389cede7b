import { closeSync, openSync, writeSync } from 'node:fs';
import { createGateway } from '../../src/app.ts';
import type { CheckName } from '../../src/domain/check.ts';
import type { ReasonCode } from '../../src/domain/check-reasons/reasons.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testConfig } from '../support/test-config.ts';
import { type Installation, verifyToken } from './installation.ts';

/** One misconfiguration: how it comes about, and what doctor has to say of it first. */
export type Fault = {
  name: string;
  check: CheckName;
  reason: ReasonCode;
  /** Faults of one area contradict or hide each other and are not paired. */
  area: 'environment' | 'token' | 'phone' | 'registration' | 'app' | 'account' | 'address' | 'machine';
  befall(installation: Installation): Promise<void> | void;
};

const minute = 60_000;
const day = 24 * 60 * minute;

const tokenOf = ({ simulator }: Installation) => {
  const [token] = simulator.accounts.tokens().slice(-1);
  if (token === undefined) throw new Error('There is no token.');
  return token;
};

/** Puts a line of `.env` into force. */
async function setting({ set, restart }: Installation, name: string, value: string | null): Promise<void> {
  set(name, value);
  await restart();
}

/** A gateway of somebody else's, with a database of its own, to which the name leads. */
async function anotherGateway({ proxy }: Installation, token: string): Promise<void> {
  const config = testConfig(temporaryFolder());
  const other = await createGateway(
    { ...config, meta: { ...config.meta, verifyToken: token } },
    { writeLog: () => {} },
  );
  strangers.push(other);
  proxy.target = other.url;
}

/** Gateways that a fault has started. */
export const strangers: { close(): Promise<void> }[] = [];

/** Where a file of SQLite says who may write it, and two of its values: everybody, and programs that are not made yet. */
const WRITE_VERSION = { offset: 18, everybody: 2, nobody: 3 };

/**
 * Makes the database read-only, or writable again, as every program sees it, also that of root, whom no file mode
 * keeps from writing.
 */
export async function permitWriting({ folder, stop, restart }: Installation, may: boolean): Promise<void> {
  await stop();
  const file = openSync(`${folder}/recado.db`, 'r+');
  const { offset, everybody, nobody } = WRITE_VERSION;
  writeSync(file, Uint8Array.of(may ? everybody : nobody), 0, 1, offset);
  closeSync(file);
  await restart();
}

const anotherAccount = '300100300100399';

export const faults: readonly Fault[] = [
  {
    name: 'the verify token is not set',
    check: 'configuration',
    reason: 'verify-token-missing',
    area: 'environment',
    befall: (it) => setting(it, 'META_WEBHOOK_VERIFY_TOKEN', null),
  },
  {
    name: 'the app secret is not set, as in the old guide',
    check: 'configuration',
    reason: 'app-secret-missing',
    area: 'environment',
    befall: (it) => setting(it, 'META_APP_SECRET', null),
  },
  {
    name: 'the access token is not set',
    check: 'configuration',
    reason: 'access-token-missing',
    area: 'environment',
    befall: (it) => setting(it, 'META_ACCESS_TOKEN', null),
  },
  {
    name: 'no business phone is configured',
    check: 'configuration',
    reason: 'phone-number-id-missing',
    area: 'environment',
    befall: (it) => setting(it, 'META_PHONE_NUMBER_ID', null),
  },
  {
    name: 'the phone number is pasted with its plus sign where its id belongs',
    check: 'configuration',
    reason: 'setting-wrong',
    area: 'environment',
    befall: (it) => setting(it, 'META_PHONE_NUMBER_ID', '+55 11 3210-0000'),
  },
  {
    name: 'the database commits nothing',
    check: 'database',
    reason: 'database-refuses',
    area: 'machine',
    async befall({ folder }) {
      const { default: Database } = await import('better-sqlite3');
      const database = new Database(`${folder}/recado.db`);
      database.exec(
        `create trigger in_the_way before update on installation begin select raise(abort, 'no'); end`,
      );
      database.close();
    },
  },
  {
    name: 'the database is read-only',
    check: 'database',
    reason: 'database-read-only',
    area: 'machine',
    befall: (it) => permitWriting(it, false),
  },
  {
    name: 'the disk is full',
    check: 'database',
    reason: 'disk-full',
    area: 'machine',
    befall({ disk }) {
      disk.free = 0;
    },
  },
  {
    name: 'the disk is nearly full',
    check: 'database',
    reason: 'disk-nearly-full',
    area: 'machine',
    befall({ disk }) {
      disk.free = 100 * 1024 ** 2;
    },
  },
  {
    name: 'the clock is ahead',
    check: 'clock',
    reason: 'clock-ahead',
    area: 'machine',
    befall({ skew }) {
      skew.milliseconds = 5 * minute;
    },
  },
  {
    name: 'the dashboard’s temporary token is used',
    check: 'token',
    reason: 'token-kind-wrong',
    area: 'token',
    befall(it) {
      const token = tokenOf(it);
      token.kind = 'temporary';
      token.expiresAt = it.simulator.time.now() + day;
    },
  },
  {
    name: 'the access token has expired',
    check: 'token',
    reason: 'token-expired',
    area: 'token',
    befall(it) {
      tokenOf(it).expiresAt = it.simulator.time.now() - day;
    },
  },
  {
    name: 'the access token expires in three days',
    check: 'token',
    reason: 'token-expires-soon',
    area: 'token',
    befall(it) {
      tokenOf(it).expiresAt = it.simulator.time.now() + 3 * day;
    },
  },
  {
    name: 'the access token was taken back',
    check: 'token',
    reason: 'token-refused',
    area: 'token',
    befall(it) {
      tokenOf(it).invalidated = true;
    },
  },
  {
    name: 'the access token lacks a permission',
    check: 'token',
    reason: 'token-scope-missing',
    area: 'token',
    befall(it) {
      tokenOf(it).scopes.delete('whatsapp_business_management');
    },
  },
  {
    name: 'META_APP_ID is another app’s',
    check: 'token',
    reason: 'token-app-differs',
    area: 'token',
    befall: (it) => setting(it, 'META_APP_ID', '500100500100599'),
  },
  {
    name: 'the app secret is another app’s',
    check: 'app-secret',
    reason: 'app-secret-of-another-app',
    area: 'environment',
    befall: (it) => setting(it, 'META_APP_SECRET', 'ffffffffffffffffffffffffffffffff'),
  },
  {
    name: 'the phone number is typed as its id',
    check: 'phone-id',
    reason: 'phone-id-is-a-number',
    area: 'environment',
    befall: (it) => setting(it, 'META_PHONE_NUMBER_ID', it.simulator.settings.displayPhoneNumber),
  },
  {
    name: 'the id is that of the business portfolio',
    check: 'phone-id',
    reason: 'phone-id-of-something-else',
    area: 'environment',
    befall: (it) => setting(it, 'META_PHONE_NUMBER_ID', it.simulator.accounts.business().id),
  },
  {
    name: 'the id is of no business phone',
    check: 'phone-id',
    reason: 'phone-id-unknown',
    area: 'environment',
    befall: (it) => setting(it, 'META_PHONE_NUMBER_ID', '200100200100999'),
  },
  {
    name: 'META_WABA_ID is another account’s',
    check: 'whatsapp-account',
    reason: 'account-of-another',
    area: 'account',
    befall: (it) => {
      it.simulator.accounts.addWhatsappAccount({ id: anotherAccount });
      return setting(it, 'META_WABA_ID', anotherAccount);
    },
  },
  {
    name: 'META_WABA_ID is no account',
    check: 'whatsapp-account',
    reason: 'account-out-of-reach',
    area: 'account',
    befall: (it) => setting(it, 'META_WABA_ID', '300100300100301'),
  },
  {
    name: 'META_WABA_ID is not set',
    check: 'whatsapp-account',
    reason: 'account-missing',
    area: 'account',
    befall: (it) => setting(it, 'META_WABA_ID', null),
  },
  {
    name: 'the business phone is not registered',
    check: 'registered',
    reason: 'not-registered',
    area: 'registration',
    befall: ({ simulator }) => simulator.unregister(),
  },
  {
    name: 'not registered, and the PIN is wrong',
    check: 'registered',
    reason: 'registration-pin-wrong',
    area: 'registration',
    async befall(it) {
      it.simulator.unregister();
      it.simulator.accounts.phone().pin = '999999';
      await it.run('register');
    },
  },
  {
    name: 'not registered, and there is no PIN',
    check: 'registered',
    reason: 'registration-pin-missing',
    area: 'registration',
    async befall(it) {
      it.simulator.unregister();
      await setting(it, 'META_REGISTRATION_PIN', null);
    },
  },
  {
    name: 'not registered, and the ten tries are used up (#133016)',
    check: 'registered',
    reason: 'registration-limit',
    area: 'registration',
    async befall(it) {
      it.simulator.unregister();
      it.simulator.accounts.phone().registrationBlockedUntil = it.simulator.time.now() + 3 * day;
      await it.run('register');
    },
  },
  {
    name: 'not registered, and the number is not verified',
    check: 'registered',
    reason: 'registration-needs-verification',
    area: 'registration',
    befall({ simulator }) {
      simulator.unregister();
      simulator.accounts.phone().codeVerificationStatus = 'EXPIRED';
    },
  },
  {
    name: 'not registered, and the name is pending',
    check: 'registered',
    reason: 'registration-waits-for-name',
    area: 'registration',
    befall({ simulator }) {
      simulator.unregister();
      simulator.accounts.phone().nameStatus = 'PENDING_REVIEW';
    },
  },
  {
    name: 'the business phone is restricted',
    check: 'phone-status',
    reason: 'status-bad',
    area: 'phone',
    befall({ simulator }) {
      simulator.accounts.phone().status = 'RESTRICTED';
    },
  },
  {
    name: 'the display name is pending',
    check: 'display-name',
    reason: 'name-pending',
    area: 'phone',
    befall({ simulator }) {
      simulator.accounts.phone().nameStatus = 'PENDING_REVIEW';
    },
  },
  {
    name: 'the display name was declined',
    check: 'display-name',
    reason: 'name-declined',
    area: 'phone',
    befall({ simulator }) {
      simulator.accounts.phone().nameStatus = 'DECLINED';
    },
  },
  {
    name: 'people block the number',
    check: 'quality',
    reason: 'quality-low',
    area: 'phone',
    befall({ simulator }) {
      simulator.accounts.phone().qualityRating = 'RED';
    },
  },
  {
    name: 'billing is stopped',
    check: 'health',
    reason: 'billing-stopped',
    area: 'phone',
    befall({ simulator }) {
      simulator.conditions.paymentProblem = true;
    },
  },
  {
    name: 'the account is locked',
    check: 'health',
    reason: 'health-bad',
    area: 'phone',
    befall({ simulator }) {
      simulator.accounts.whatsappAccount().canSendMessage = 'BLOCKED';
    },
  },
  {
    name: 'the app has no webhook',
    check: 'app-subscription',
    reason: 'app-not-subscribed',
    area: 'app',
    befall({ simulator }) {
      const app = simulator.accounts.app();
      app.subscription = { ...app.subscription, callbackUrl: null, fields: new Set() };
    },
  },
  {
    name: 'the verify token in Meta’s console is another one',
    check: 'app-subscription',
    reason: 'verify-token-differs',
    area: 'app',
    async befall({ simulator, proxy }) {
      const app = simulator.accounts.app();
      app.subscription = { ...app.subscription, callbackUrl: null, fields: new Set() };
      const query = new URLSearchParams({
        'hub.mode': 'subscribe',
        'hub.challenge': '1158201444',
        'hub.verify_token': `${verifyToken} `,
      });
      await fetch(`${proxy.target}/webhooks/whatsapp/?${query}`);
    },
  },
  {
    name: 'the app calls the address of an old tunnel',
    check: 'app-subscription',
    reason: 'callback-elsewhere',
    area: 'app',
    befall: ({ simulator }) => {
      simulator.accounts.app().subscription.callbackUrl = 'https://abc123.ngrok.io/webhooks/whatsapp/';
    },
  },
  {
    name: 'the webhook is not active',
    check: 'app-subscription',
    reason: 'subscription-inactive',
    area: 'app',
    befall: ({ simulator }) => {
      simulator.accounts.app().subscription.active = false;
    },
  },
  {
    name: 'the field messages is not ticked',
    check: 'app-subscription',
    reason: 'messages-not-ticked',
    area: 'app',
    befall({ simulator }) {
      simulator.accounts.app().subscription.fields.delete('messages');
    },
  },
  {
    name: 'the app is not subscribed to the account',
    check: 'account-subscription',
    reason: 'account-not-subscribed',
    area: 'account',
    befall({ simulator }) {
      simulator.accounts.whatsappAccount(simulator.settings.wabaId).subscribedApps.clear();
    },
  },
  {
    name: 'an override of the business phone leads elsewhere',
    check: 'overrides',
    reason: 'override-of-phone',
    area: 'phone',
    befall({ simulator }) {
      simulator.accounts.phone().callbackOverride = {
        callbackUrl: 'https://crm.example.com/',
        verifyToken: 'x',
      };
    },
  },
  {
    name: 'an override of the account leads elsewhere',
    check: 'overrides',
    reason: 'override-of-account',
    area: 'account',
    befall({ simulator }) {
      const override = { callbackUrl: 'https://crm.example.com/', verifyToken: 'x' };
      const { wabaId, appId } = simulator.settings;
      simulator.accounts.whatsappAccount(wabaId).subscribedApps.set(appId, { override });
    },
  },
  {
    name: 'the app is not live',
    check: 'app-live',
    reason: 'app-not-live',
    area: 'app',
    async befall(it) {
      it.simulator.accounts.app().mode = 'development';
      it.simulator.time.jump(minute);
      await it.run('send', '--to', '+558587654321', '--template', 'hello_world', '--language', 'en_US');
      await it.settle();
      it.simulator.time.jump(11 * minute);
    },
  },
  {
    name: 'PUBLIC_URL begins with http',
    check: 'public-url',
    reason: 'public-url-not-https',
    area: 'address',
    async befall(it) {
      const plain = it.proxy.url.replace('https:', 'http:');
      it.simulator.accounts.app().subscription.callbackUrl = `${plain}/webhooks/whatsapp/`;
      await setting(it, 'PUBLIC_URL', plain);
    },
  },
  {
    name: 'the name does not resolve',
    check: 'public-url',
    reason: 'name-unresolved',
    area: 'address',
    async befall(it) {
      const url = 'https://recado-is-not-here.invalid';
      it.simulator.accounts.app().subscription.callbackUrl = `${url}/webhooks/whatsapp/`;
      await setting(it, 'PUBLIC_URL', url);
    },
  },
  {
    name: 'nobody listens at the address',
    check: 'public-url',
    reason: 'nobody-listens',
    area: 'address',
    befall: ({ proxy }) => proxy.stop(),
  },
  ...(
    [
      ['the certificate has expired', 'expired', 'certificate-expired'],
      ['the certificate is self-signed', 'self-signed', 'certificate-self-signed'],
      ['the certificate is for another host', 'other-host', 'certificate-of-another-host'],
      ['the intermediate certificate is missing', 'without-chain', 'certificate-without-chain'],
      ['the certificate is of a private authority', 'private-authority', 'certificate-untrusted'],
    ] as const
  ).map(
    ([name, certificate, reason]): Fault => ({
      name,
      check: 'tls',
      reason,
      area: 'address',
      befall({ proxy }) {
        proxy.faults.certificate = certificate;
        proxy.reload();
      },
    }),
  ),
  ...(
    [
      ['the proxy adds a slash by a redirect', { redirects: 'slash-added' }, 'no-detour', 'redirected'],
      [
        'the proxy removes the slash by a redirect',
        { redirects: 'slash-removed' },
        'no-detour',
        'redirected',
      ],
      ['a tunnel’s warning page answers', { answers: 'warning-page' }, 'no-detour', 'interstitial'],
      ['a login stands in front', { answers: 'login' }, 'no-detour', 'login-in-front'],
      ['the proxy does not know the path', { answers: 'not-found' }, 'no-detour', 'path-not-forwarded'],
      ['the proxy does not reach the gateway', { answers: 'bad-gateway' }, 'no-detour', 'gateway-unreached'],
      ['the challenge is altered', { challenge: 'quoted' }, 'challenge', 'challenge-altered'],
      ['something echoes every challenge', { answers: 'echo' }, 'challenge', 'wrong-token-accepted'],
      ['the proxy re-encodes bodies', { posts: 'reencoded' }, 'unaltered', 'bytes-altered'],
      ['the proxy drops the signature', { posts: 'unsigned' }, 'unaltered', 'signature-dropped'],
      ['a firewall lets no POST through', { posts: 'forbidden' }, 'unaltered', 'post-refused'],
      ['the proxy takes 1 MB at most', { bodyLimit: 1_000_000 }, 'body-limit', 'large-refused'],
      ['answers are slow', { delay: 1_200 }, 'answer-time', 'time-slow'],
    ] as const
  ).map(
    ([name, change, check, reason]): Fault => ({
      name,
      check,
      reason,
      area: 'address',
      befall({ proxy }) {
        Object.assign(proxy.faults, change);
      },
    }),
  ),
  {
    name: 'another gateway with another verify token answers',
    check: 'challenge',
    reason: 'challenge-refused',
    area: 'address',
    befall: (it) => anotherGateway(it, 'of-another-installation'),
  },
  {
    name: 'a second gateway on the same number answers',
    check: 'unaltered',
    reason: 'answered-elsewhere',
    area: 'address',
    befall: (it) => anotherGateway(it, verifyToken),
  },
  {
    name: 'the message went to another number',
    check: 'message',
    reason: 'message-for-another-number',
    area: 'phone',
    async befall(it) {
      const { simulator } = it;
      const other = '200100200100277';
      simulator.accounts.addPhone({
        ...simulator.accounts.phone(),
        phoneNumberId: other,
        displayPhoneNumber: '551132100077',
      });
      const asked = (await it.doctor()).checks.find(({ check }) => check === 'message');
      const [code = ''] = /RECADO-\d{4}/.exec(asked?.found ?? '') ?? [];
      await simulator.person('558587654321', { name: 'Ana' }).with(other).writes(code);
      await it.settle();
    },
  },
];

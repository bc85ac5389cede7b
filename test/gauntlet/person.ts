import type { ReasonCode } from '../../src/domain/check-reasons/reasons.ts';
import type { DoctorBody } from '../../src/server/contract/doctor.ts';
import { appSecret } from '../support/test-config.ts';
import { permitWriting, strangers } from './faults.ts';
import type { Installation } from './installation.ts';

type Cured = DoctorBody['checks'][number];

const goodFaults = {
  certificate: 'good',
  redirects: 'nothing',
  answers: 'nothing',
  challenge: 'untouched',
  posts: 'untouched',
  bodyLimit: 8 * 1024 * 1024,
  delay: 0,
} as const;

const mendProxy = ({ proxy }: Installation) => {
  Object.assign(proxy.faults, goodFaults);
  proxy.reload();
};

const renew = (it: Installation) => {
  it.proxy.faults.certificate = 'good';
  it.proxy.reload();
};

const comeBack = async (it: Installation) => {
  for (const stranger of strangers.splice(0)) await stranger.close();
  it.proxy.target = it.listensAt();
};

const approve = ({ simulator }: Installation) => {
  simulator.accounts.phone().nameStatus = 'APPROVED';
};

const freeSpace = ({ disk }: Installation) => {
  disk.free = 50 * 1024 ** 3;
};

const nothing = () => {};

/** What a person does who is told so: in Meta's console, at the proxy, at the machine. By what doctor found, not by what is wrong. */
const acts: Partial<Record<ReasonCode, (installation: Installation) => Promise<void> | void>> = {
  'database-refuses': async ({ folder }) => {
    const { default: Database } = await import('better-sqlite3');
    const database = new Database(`${folder}/recado.db`);
    database.exec('drop trigger in_the_way');
    database.close();
  },
  'database-read-only': (it) => permitWriting(it, true),
  'disk-full': freeSpace,
  'disk-nearly-full': freeSpace,
  'clock-ahead': ({ skew }) => {
    skew.milliseconds = 0;
  },
  'registration-pin-wrong': (it) => {
    it.simulator.accounts.phone().pin = it.get('META_REGISTRATION_PIN');
  },
  'registration-limit': ({ simulator }) => {
    simulator.time.jump(3 * 24 * 60 * 60_000 + 60_000);
  },
  'registration-needs-verification': ({ simulator }) => {
    simulator.accounts.phone().codeVerificationStatus = 'VERIFIED';
  },
  'registration-waits-for-name': approve,
  'name-pending': approve,
  'name-declined': approve,
  'status-bad': ({ simulator }) => {
    simulator.accounts.phone().status = null;
  },
  'quality-low': ({ simulator }) => {
    simulator.accounts.phone().qualityRating = 'GREEN';
  },
  'billing-stopped': ({ simulator }) => {
    simulator.conditions.paymentProblem = false;
  },
  'health-bad': ({ simulator }) => {
    simulator.accounts.whatsappAccount(simulator.settings.wabaId).canSendMessage = 'AVAILABLE';
  },
  'app-not-live': async (it) => {
    it.simulator.accounts.app().mode = 'live';
    it.simulator.time.jump(60_000);
    await it.run('send', '--to', '+558587654321', '--template', 'hello_world', '--language', 'en_US');
    await it.settle();
  },
  'nobody-listens': ({ proxy }) => proxy.listen(),
  'certificate-expired': renew,
  'certificate-self-signed': renew,
  'certificate-of-another-host': renew,
  'certificate-without-chain': renew,
  'certificate-untrusted': renew,
  redirected: mendProxy,
  'login-in-front': mendProxy,
  interstitial: mendProxy,
  'path-not-forwarded': mendProxy,
  'gateway-unreached': mendProxy,
  'challenge-altered': mendProxy,
  'wrong-token-accepted': mendProxy,
  'bytes-altered': mendProxy,
  'signature-dropped': mendProxy,
  'post-refused': mendProxy,
  'large-refused': mendProxy,
  'time-slow': mendProxy,
  'challenge-refused': comeBack,
  'answered-elsewhere': comeBack,
  'message-for-another-number': async (it) => {
    const { simulator } = it;
    const told = (await it.doctor()).checks.find(({ check }) => check === 'message');
    const [, number = '', code = ''] =
      /wa\.me\/(\d+)\?text=(RECADO-\d{4})/.exec(told?.cure[0]?.text ?? '') ?? [];
    const phone = simulator.accounts.phones().find(({ displayPhoneNumber }) => displayPhoneNumber === number);
    await simulator
      .person('558587654321')
      .with(phone?.phoneNumberId ?? '')
      .writes(code);
    await it.settle();
  },
  // Where to copy something from is said in a step of its own; the value is then set.
  'token-kind-wrong': nothing,
  'token-expired': nothing,
  'token-expires-soon': nothing,
  'token-refused': nothing,
  'token-scope-missing': nothing,
  'token-app-differs': nothing,
  'app-secret-of-another-app': nothing,
  'phone-id-unknown': nothing,
  'phone-id-of-something-else': nothing,
  'account-of-another': nothing,
  'account-out-of-reach': nothing,
  'setting-wrong': nothing,
  'verify-token-missing': async (it) => {
    await it.restart();
  },
};

/** Does what a cure says, step by step as it is printed: commands are run, lines of `.env` set, and the rest done by hand. */
export async function cure(installation: Installation, { reason, cure: steps }: Cured): Promise<void> {
  let byHand = false;
  for (const { text, run, set } of steps) {
    if (run !== null) {
      const { exitCode, err } = await installation.run(...run.replace(/^npx recado /, '').split(' '));
      if (exitCode !== 0) throw new Error(`“${run}” failed: ${err}`);
    } else if (set !== null) {
      const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(set) ?? [];
      installation.set(name, value.includes('<') ? lookUp(installation, name) : value);
      await installation.restart();
    } else if (text.startsWith('First cure “')) {
      const obstacle = /“(.+?)”/.exec(text)?.[1];
      const chain = await installation.doctor();
      const first = chain.checks.find(({ title }) => title === obstacle);
      if (first === undefined) throw new Error(`There is no link of that name: ${text}`);
      await cure(installation, first);
    } else if (!byHand) {
      byHand = true;
      const act = acts[reason];
      if (act === undefined) throw new Error(`Nobody knows how to do this: ${text}`);
      await act(installation);
    }
    await installation.settle();
  }
}

/** What a person copies where the cure says to: Meta's console has it. */
function lookUp({ simulator, proxy }: Installation, name: string): string {
  const { settings } = simulator;
  switch (name) {
    case 'META_ACCESS_TOKEN': {
      const value = `EAAgauntlet${simulator.accounts.tokens().length}`;
      simulator.accounts.addToken({ value });
      return value;
    }
    case 'META_APP_SECRET':
      return appSecret;
    case 'META_PHONE_NUMBER_ID':
      return settings.phoneNumberId;
    case 'META_WABA_ID':
      return settings.wabaId;
    case 'META_APP_ID':
      return settings.appId;
    case 'META_REGISTRATION_PIN':
      return '212834';
    case 'PUBLIC_URL':
      return proxy.url;
    default:
      throw new Error(`Nobody knows where to find ${name}.`);
  }
}

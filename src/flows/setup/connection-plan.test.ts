import { describe, expect, it } from 'vitest';
import { setupProblem } from '../../domain/setup-problem.ts';
import {
  type ConnectionState,
  type ConnectionWish,
  type PhoneSetup,
  planConnection,
} from './connection-plan.ts';

const here = { url: 'https://api.example.com/webhooks/whatsapp/', verifyToken: 'verify-me' };
const there = 'https://old.example.com/hook';
const fields = ['messages', 'account_update'];

const id = '200100200100200';

const phone: PhoneSetup = {
  status: 'CONNECTED',
  platformType: 'CLOUD_API',
  codeVerificationStatus: 'VERIFIED',
  nameStatus: 'APPROVED',
  onBusinessApp: null,
  callbacks: { phone: null, account: null, app: null },
};

const ledTo = (url: string) => ({ callbacks: { ...phone.callbacks, phone: url } });

function plan(
  state: {
    app?: ConnectionState['app']['subscription'];
    account?: ConnectionState['accounts'][number]['subscription'];
    phone?: Partial<PhoneSetup>;
    wabaId?: string | null;
  },
  wish: Partial<ConnectionWish> = {},
) {
  const wabaId = state.wabaId === undefined ? '300100300100300' : state.wabaId;
  return planConnection(
    { way: 'app', callback: { found: here }, fields, pin: true, ...wish },
    {
      app: {
        id: '400100400100400',
        subscription: state.app ?? { found: { callbackUrl: here.url, active: true, fields } },
      },
      accounts: [
        {
          id: '300100300100300',
          subscription: state.account ?? { found: { overrideCallback: null } },
        },
      ],
      phones: [{ id, wabaId, setup: { found: { ...phone, ...state.phone } } }],
    },
  );
}

const changesOf = (steps: ReturnType<typeof plan>) => steps.flatMap(({ change }) => change ?? []);

describe('planning the connection', () => {
  it('changes nothing where everything is right, with or without the slash at the end', () => {
    const steps = plan({
      app: { found: { callbackUrl: here.url.slice(0, -1), active: true, fields: [...fields, 'flows'] } },
    });
    expect(steps.map(({ part, now, wanted, problem }) => [part, now !== null, wanted, problem])).toEqual([
      ['app-callback', true, null, null],
      ['account-subscription', true, null, null],
      ['registration', true, null, null],
    ]);
  });

  it.each([
    ['no callback', { found: null }, fields],
    [
      'a field that is not ticked',
      { found: { callbackUrl: here.url, active: true, fields: ['messages'] } },
      fields,
    ],
    ['one that is not active', { found: { callbackUrl: here.url, active: false, fields } }, fields],
    [
      'fields of its own beside ours',
      { found: { callbackUrl: there, active: true, fields: ['flows'] } },
      ['flows', ...fields],
    ],
  ])('sets the callback of an app with %s', (_case, app, ticked) => {
    expect(changesOf(plan({ app }))).toEqual([
      { change: 'app-callback', appId: '400100400100400', callback: here, fields: ticked },
    ]);
  });

  it('says from whom it takes the callback', () => {
    const [step] = plan({ app: { found: { callbackUrl: there, active: true, fields } } });
    expect(step?.warning).toBe(`What listens at ${there} hears nothing more of this app.`);
  });

  it('subscribes an account, and takes away an override that leads elsewhere', () => {
    const change = { change: 'account-subscription', id: '300100300100300', override: null };
    expect(changesOf(plan({ account: { found: null } }))).toEqual([change]);
    const led = plan({ account: { found: { overrideCallback: there } } });
    expect(changesOf(led)).toEqual([change]);
    expect(led[1]?.warning).toContain(there);
    expect(changesOf(plan({ account: { found: { overrideCallback: here.url } } }))).toEqual([]);
  });

  it('takes away a phone’s override that leads elsewhere', () => {
    expect(changesOf(plan({ phone: ledTo(there) }))).toEqual([
      { change: 'phone-callback', id, override: null },
    ]);
    expect(changesOf(plan({ phone: ledTo(here.url) }))).toEqual([]);
  });

  it('leaves the app to whoever has it when an override leads here', () => {
    const app = { found: { callbackUrl: there, active: true, fields: ['messages'] } };
    expect(changesOf(plan({ app }, { way: 'account' }))).toEqual([
      { change: 'account-subscription', id: '300100300100300', override: here },
    ]);
    expect(changesOf(plan({ app }, { way: 'phone' }))).toEqual([
      { change: 'phone-callback', id, override: here },
    ]);
    const account = { found: { overrideCallback: here.url } };
    expect(changesOf(plan({ app, account }, { way: 'account' }))).toEqual([]);
    expect(changesOf(plan({ app, phone: ledTo(here.url) }, { way: 'phone' }))).toEqual([]);
  });

  it('gives an app without a callback one even then, because an override replaces none', () => {
    expect(changesOf(plan({ app: { found: null } }, { way: 'phone' })).map(({ change }) => change)).toEqual([
      'app-callback',
      'phone-callback',
    ]);
  });

  it('cannot tick a field for the callback of others', () => {
    const app = { found: { callbackUrl: there, active: true, fields: [] } };
    expect(plan({ app }, { way: 'account' })[0]?.problem?.code).toBe('callback-of-others');
  });

  it.each([
    [{ platformType: 'NOT_APPLICABLE', status: 'PENDING' }, null],
    [{ platformType: null, status: 'PENDING' }, null],
    [{ platformType: 'NOT_APPLICABLE', nameStatus: 'PENDING_REVIEW' }, 'name-not-ready'],
    [{ platformType: 'NOT_APPLICABLE', nameStatus: 'NONE' }, 'name-not-ready'],
    [{ platformType: 'NOT_APPLICABLE', codeVerificationStatus: 'EXPIRED' }, 'number-not-verified'],
  ])('registers a phone that is ready for it: %o', (found, problem) => {
    const step = plan({ phone: found }).at(-1);
    expect([step?.problem?.code ?? null, step?.change]).toEqual([
      problem,
      problem === null ? { change: 'registration', id } : null,
    ]);
  });

  it('leaves a number to the WhatsApp Business app that is in it', () => {
    const step = plan({ phone: { platformType: 'NOT_APPLICABLE', onBusinessApp: true } }).at(-1);
    expect([step?.problem, step?.change, step?.now]).toEqual([
      null,
      null,
      'in the WhatsApp Business app, which registers it',
    ]);
  });

  it('needs a PIN to register', () => {
    expect(plan({ phone: { platformType: 'NOT_APPLICABLE' } }, { pin: false }).at(-1)?.problem?.code).toBe(
      'pin-missing',
    );
  });

  it('says of each part alone what keeps it from being done', () => {
    const callback = { problem: setupProblem('public-url-missing') };
    expect(plan({}, { callback }).map(({ problem }) => problem?.code)).toEqual([
      'public-url-missing',
      'public-url-missing',
      undefined,
    ]);
    const app = { problem: setupProblem('app-id-missing') };
    expect(plan({ app, wabaId: null }).map(({ problem }) => problem?.code)).toEqual([
      'app-id-missing',
      undefined,
      'waba-id-missing',
      undefined,
    ]);
  });
});

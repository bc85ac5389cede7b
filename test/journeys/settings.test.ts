import { describe, expect, it } from 'vitest';
import { type Page, type RunningGateway, runGateway } from '../support/running-gateway.ts';
import { testClock } from '../support/test-clock.ts';

type Setting = {
  name: string;
  value: unknown;
  default: unknown;
  updatedAt: string | null;
  updatedBy: string | null;
};
type Notified = {
  id: string;
  state: string;
  decision: string;
  because: string;
  createdAt: string;
  notAfter: string;
  failure: { code: string } | null;
  code: string;
};

const ana = '558587654321';
const minute = 60_000;

async function decide(running: RunningGateway, changes: object): Promise<Record<string, Setting>> {
  const { status, body } = await running.api<Page<Setting>>('PATCH', '/v1/settings', changes);
  expect(status).toBe(200);
  return Object.fromEntries(body.data.map((setting) => [setting.name, setting]));
}

async function send(running: RunningGateway, request: object): Promise<Notified> {
  return (await running.api<Notified>('POST', '/v1/notifications', request)).body;
}

async function fateOf(running: RunningGateway, { id }: Notified): Promise<Notified> {
  return (await running.api<Notified>('GET', `/v1/notifications/${id}`)).body;
}

describe('/v1/settings', () => {
  it('shows every setting with its default, what it decides, and who decided', async () => {
    const running = await runGateway();
    const { body } = await running.api<Page<Setting>>('GET', '/v1/settings');
    expect(body.next).toBeNull();
    expect(body.data.map(({ name, value }) => [name, value])).toEqual([
      ['sendingStopped', false],
      ['unknownPatience', '15 min'],
      ['orderPatience', '15 min'],
      ['transactionalPatience', '1 d'],
      ['marketingPatience', '1 d'],
      ['authenticationPatience', '10 min'],
      ['defaultCountry', null],
      ['defaultFallback', null],
      ['phoneFallbacks', {}],
      ['optOutWords', []],
      ['quietHours', null],
      ['messagesPerSecond', null],
      ['prices', {}],
      ['retention', null],
      ['mediaRetention', null],
      ['mediaMegabytes', null],
    ]);
    const decided = await decide(running, { unknownPatience: '90 min', defaultCountry: 'BR' });
    expect(decided.unknownPatience).toMatchObject({
      value: '1 h 30 min',
      default: '15 min',
      updatedAt: expect.stringMatching(/^20/),
      updatedBy: 'RECADO_ADMIN_KEY',
    });
    const reset = await decide(running, { unknownPatience: null });
    expect(reset.unknownPatience).toMatchObject({ value: '15 min', updatedAt: null, updatedBy: null });
    expect(reset.defaultCountry).toMatchObject({ value: 'BR' });
  });

  it('names every mistake at once, and then changes nothing', async () => {
    const running = await runGateway();
    const { status, body } = await running.api<{ errors: { message: string }[] }>('PATCH', '/v1/settings', {
      marketingPatience: '2 h',
      unknownPatience: '1 s',
      defaultCountry: 'Brasil',
      holidays: '24-12',
    });
    expect(status).toBe(400);
    expect(body.errors.map(({ message }) => message)).toEqual([
      '`unknownPatience` must be a time from 1 min to 7 d, such as `20 min`.',
      '`defaultCountry` must be the two capital letters of a country, such as `BR` (ISO 3166-1).',
      expect.stringContaining('`holidays` is not known here; known are `sendingStopped`'),
    ]);
    const { body: after } = await running.api<Page<Setting>>('GET', '/v1/settings');
    expect(after.data.every(({ updatedAt }) => updatedAt === null)).toBe(true);
  });

  it('keeps what was decided over a restart, and each decision in the audit log', async () => {
    const running = await runGateway();
    await decide(running, { marketingPatience: '2 h' });
    await decide(running, { marketingPatience: '3 h', authenticationPatience: '5 min' });
    await decide(running, { marketingPatience: null });
    await running.restart();
    const { body } = await running.api<Page<Setting>>('GET', '/v1/settings');
    expect(body.data.filter(({ updatedAt }) => updatedAt !== null)).toMatchObject([
      { name: 'authenticationPatience', value: '5 min' },
    ]);
    const { body: audit } = await running.api<Page<{ action: string; subject: string; detail: object }>>(
      'GET',
      '/v1/audit',
    );
    expect(audit.data.map(({ action, subject, detail }) => [action, subject, detail])).toEqual([
      ['setting.changed', 'marketingPatience', { before: null, after: '2 h' }],
      ['setting.changed', 'marketingPatience', { before: '2 h', after: '3 h' }],
      ['setting.changed', 'authenticationPatience', { before: null, after: '5 min' }],
      ['setting.reset', 'marketingPatience', { before: '3 h', after: null }],
    ]);
  });
});

describe('what settings decide', () => {
  it('unknownPatience: when an unknown outcome becomes a failure, also of one that is unknown already', async () => {
    const clock = testClock();
    const running = await runGateway({ overrides: { clock } });
    await running.simulator.person(ana).writes('Oi');
    await running.settle();
    running.simulator.dropAnswer();
    running.simulator.holdStatuses();
    const sent = await send(running, { to: ana, text: 'Did it arrive?' });
    await running.settle();
    clock.advance(2 * minute);
    await running.settle();
    expect((await fateOf(running, sent)).state).toBe('unknown');
    await decide(running, { unknownPatience: '1 min' });
    await running.settle();
    expect(await fateOf(running, sent)).toMatchObject({
      state: 'failed',
      failure: { code: 'outcome-unknown' },
    });
  });

  it.each([
    ['transactional', 'transactionalPatience', 1440],
    ['marketing', 'marketingPatience', 1440],
    ['authentication', 'authenticationPatience', 10],
  ])('how long a notification may wait: %s', async (purpose, name, usual) => {
    const running = await runGateway();
    const wait = async (more: object = {}) => {
      const template = { name: 'hello_world', language: 'en_US' };
      const { createdAt, notAfter } = await send(running, { to: ana, template, purpose, ...more });
      return (Date.parse(notAfter) - Date.parse(createdAt)) / minute;
    };
    expect(await wait()).toBe(usual);
    await decide(running, { [name]: '7 min' });
    expect(await wait()).toBe(7);
    const notAfter = new Date(Date.now() + 60 * minute).toISOString();
    expect(await wait({ notAfter })).toBeCloseTo(60, 0);
  });

  it('defaultCountry: whose number one without a plus sign is', async () => {
    const running = await runGateway();
    const person = running.simulator.person('5585987654321');
    const template = { name: 'hello_world', language: 'en_US' };
    const refused = await send(running, { to: '(85) 9876-54321', template });
    expect(refused.code).toBe('recipient-invalid');
    await running.settle();
    expect(person.messages()).toEqual([]);

    await decide(running, { defaultCountry: 'BR' });
    for (const to of ['(85) 98765-4321', '55 85 98765-4321', '+55 85 98765-4321']) {
      await send(running, { to, template });
      await running.settle();
    }
    expect(person.messages()).toHaveLength(3);
    // Too long for Brazil, and of no other country without a plus sign.
    expect(await send(running, { to: '351912345678', template })).toMatchObject({
      code: 'recipient-invalid',
    });
  });

  it('defaultCountry: a WhatsApp id that is known stays what it is', async () => {
    const running = await runGateway();
    // As a Brazilian number it would be (14) 15555-0100.
    const bill = running.simulator.person('14155550100', { name: 'Bill' });
    await decide(running, { defaultCountry: 'BR' });
    await bill.writes('Hi');
    await running.settle();
    await send(running, { to: '14155550100', text: 'Hello Bill' });
    await running.settle();
    expect(bill.messages().at(-1)).toMatchObject({ direction: 'in', text: 'Hello Bill' });
  });

  it('defaultFallback: what goes instead of a text when the window is closed and nothing else is said', async () => {
    const running = await runGateway();
    const person = running.simulator.person(ana);
    expect(await send(running, { to: ana, text: 'Hello' })).toMatchObject({ code: 'window-closed' });
    await decide(running, { defaultFallback: { name: 'hello_world', language: 'en_US' } });
    const sent = await send(running, { to: ana, text: 'Hello' });
    expect(sent).toMatchObject({ decision: 'template' });
    expect(sent.because).toContain('hello_world');
    await running.settle();
    expect(person.messages()).toMatchObject([{ kind: 'template' }]);

    // Who says what is to happen is obeyed, and an open window needs no template.
    const own = await send(running, { to: ana, text: 'Hello', onClosedWindow: 'fail' });
    expect(own).toMatchObject({ code: 'window-closed' });
    await person.writes('Oi');
    await running.settle();
    expect(await send(running, { to: ana, text: 'Hello' })).toMatchObject({ decision: 'free-form' });
  });

  it('phoneFallbacks: one of its own for a business phone, whatever the others send', async () => {
    const running = await runGateway();
    await running.api('POST', '/v1/business-phones', { id: '200100200100201' });
    await decide(running, {
      defaultFallback: { name: 'hello_world', language: 'en_US' },
      phoneFallbacks: { '200100200100201': { name: 'ola', language: 'pt_BR' } },
    });
    const fallbackOf = async (businessPhone: string) =>
      (await send(running, { to: ana, text: 'Hello', businessPhone })).because;
    expect(await fallbackOf('200100200100201')).toContain('the fallback template ola goes instead');
    expect(await fallbackOf('200100200100200')).toContain('hello_world');
  });

  it('quietHours: marketing waits until they end, everything else goes', async () => {
    const clock = testClock();
    const running = await runGateway({ overrides: { clock } });
    const person = running.simulator.person(ana);
    await person.writes('Oi');
    await running.settle();
    // Of the UTC clock: they have just begun, and last two hours.
    const clockTime = (at: number) => new Date(at).toISOString().slice(11, 16);
    const before = await send(running, {
      to: ana,
      text: 'Sale',
      purpose: 'marketing',
      notBefore: new Date(clock.now() + 10 * minute).toISOString(),
    });
    const quietHours = {
      from: clockTime(clock.now() - minute),
      until: clockTime(clock.now() + 120 * minute),
      timeZone: 'UTC',
    };
    await decide(running, { quietHours });
    const marketing = { to: ana, text: 'Late sale', purpose: 'marketing' };
    const preview = await running.api<{ willSendAt: string }>('POST', '/v1/notifications/preview', marketing);
    expect(preview.body.willSendAt.slice(11, 16)).toBe(quietHours.until);
    const late = await send(running, marketing);
    expect(late.because).toContain('It waits until the quiet hours end');
    // A day from when it may go.
    expect(Date.parse(late.notAfter)).toBe(Date.parse(preview.body.willSendAt) + 24 * 60 * minute);
    await send(running, { to: ana, text: 'Your code', purpose: 'authentication' });
    await send(running, { to: ana, text: 'Your order' });
    clock.advance(20 * minute);
    await running.settle();
    const received = () =>
      person.messages().flatMap(({ direction, text }) => (direction === 'in' ? [text] : []));
    expect(received().sort()).toEqual(['Your code', 'Your order']);
    expect((await fateOf(running, before)).state).toBe('queued');
    clock.advance(101 * minute);
    await running.settle();
    clock.advance(minute);
    await running.settle();
    expect(received().sort()).toEqual(['Late sale', 'Sale', 'Your code', 'Your order']);
  });

  it('a repeated request is the same request, whatever was decided in between', async () => {
    const running = await runGateway();
    const request = { to: ana, text: 'Hello', idempotencyKey: 'once' };
    const first = await running.api<Notified & { notificationId: string }>(
      'POST',
      '/v1/notifications',
      request,
    );
    await decide(running, { defaultFallback: { name: 'hello_world', language: 'en_US' } });
    const again = await running.api<Notified & { notificationId: string }>(
      'POST',
      '/v1/notifications',
      request,
    );
    expect([first.status, again.status]).toEqual([422, 422]);
    expect(again.body.notificationId).toBe(first.body.notificationId);
  });
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { REMIND_AFTER } from '../../src/domain/alarm.ts';
import type { AlarmBody } from '../../src/server/contract/alarm.ts';
import type { EventBody } from '../../src/server/contract/event.ts';
import { alertWebhook, mailServer } from '../support/alert-receivers.ts';
import {
  type Page,
  type RunningGateway,
  runGateway,
  textMessage,
  webhookOf,
} from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testClock } from '../support/test-clock.ts';
import { businessPhoneId } from '../support/test-config.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const gibibyte = 1024 ** 3;

async function alarms(running: RunningGateway): Promise<AlarmBody[]> {
  const { status, body } = await running.api<Page<AlarmBody>>('GET', '/v1/alarms');
  expect(status).toBe(200);
  return body.data;
}

async function alarmEvents(running: RunningGateway): Promise<EventBody[]> {
  return (await running.api<Page<EventBody>>('GET', '/v1/events?kind=alarm')).body.data;
}

async function notify(running: RunningGateway): Promise<void> {
  const answer = await running.api('POST', '/v1/notifications', { to: '558587654321', text: 'Hello' });
  expect(answer.status).toBe(202);
}

async function withAna(options: Parameters<typeof runGateway>[0] = {}) {
  const running = await runGateway(options);
  await running.simulator.person('558587654321', { name: 'Ana Souza' }).writes('Hi');
  await running.settle();
  return running;
}

describe('a refused access token', () => {
  it('raises one alarm however often it recurs, tells it once, and resolves with the next accepted message', async () => {
    const alerts = await alertWebhook();
    const clock = testClock();
    const running = await withAna({
      overrides: { clock },
      config: (config) => ({ ...config, alerts: { webhookUrl: alerts.url, mail: null } }),
    });
    running.simulator.expireToken();
    // What waits is tried again after half a minute, and then after one.
    for (const wait of [0, minute / 2, minute]) {
      clock.advance(wait);
      await notify(running);
      await running.settle();
    }
    const [open, ...others] = await alarms(running);
    expect(others).toEqual([]);
    expect(open).toMatchObject({
      code: 'access-token-refused',
      subject: businessPhoneId,
      severity: 'critical',
      resolvedAt: null,
    });
    expect(open?.sentence).toContain('#190');
    expect(open?.remedy).toContain('META_ACCESS_TOKEN');
    expect(alerts.inbox.items.map(({ body }) => [body.type, body.alarm.id])).toEqual([
      ['alarm.raised', open?.id],
    ]);

    running.simulator.renewToken();
    clock.advance(2 * minute);
    await running.settle();
    const [resolved] = await alarms(running);
    expect(resolved).toMatchObject({ id: open?.id, count: 3, resolvedAt: expect.any(String) });
    expect(alerts.inbox.items.map(({ body }) => body.type)).toEqual(['alarm.raised', 'alarm.resolved']);
    expect(await alarmEvents(running)).toMatchObject([
      { kind: 'alarm', businessPhoneId: null, payload: { news: 'raised', id: open?.id, count: 1 } },
      { kind: 'alarm', payload: { news: 'resolved', id: open?.id, count: 3 } },
    ]);
    const lines = running.log.filter((line) => line.includes('access-token-refused, '));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^\[ERROR\] Alarm: .*META_ACCESS_TOKEN/);
    expect(lines[1]).toMatch(/^\[INFO\] Alarm resolved: /);
  });

  it('is told again after a day while it is open', async () => {
    const clock = testClock();
    const alerts = await alertWebhook();
    const running = await withAna({
      overrides: { clock },
      config: (config) => ({ ...config, alerts: { webhookUrl: alerts.url, mail: null } }),
    });
    running.simulator.expireToken();
    await notify(running);
    await running.settle();
    clock.advance(REMIND_AFTER - minute);
    await running.settle();
    expect(alerts.inbox.items).toHaveLength(1);
    clock.advance(2 * minute);
    await running.settle();
    await running.settle();
    expect(alerts.inbox.items.map(({ body }) => body.type)).toEqual(['alarm.raised', 'alarm.reminded']);
  });

  it('is open again after a restart, and is not told a second time', async () => {
    const alerts = await alertWebhook();
    const clock = testClock();
    const running = await withAna({
      overrides: { clock },
      config: (config) => ({ ...config, alerts: { webhookUrl: alerts.url, mail: null } }),
    });
    running.simulator.expireToken();
    await notify(running);
    await running.settle();
    await running.restart();
    await notify(running);
    await running.settle();
    expect(await alarms(running)).toMatchObject([{ resolvedAt: null }]);
    expect(alerts.inbox.items).toHaveLength(1);
    running.simulator.renewToken();
    clock.advance(minute);
    await running.settle();
    expect(await alarms(running)).toMatchObject([{ count: 2, resolvedAt: expect.any(String) }]);
  });
});

describe('an alarm about a business phone that is changed', () => {
  const added = '200100200100201';

  /** A phone that was added, whose token Meta has refused. */
  async function withRefusedPhone() {
    const running = await runGateway();
    const phone = { id: added, accessToken: 'EAAformer' };
    expect((await running.api('POST', '/v1/business-phones', phone)).status).toBe(201);
    await running.api('POST', '/v1/notifications', {
      to: '558587654321',
      template: { name: 'hello_world', language: 'en_US' },
      businessPhone: added,
    });
    await running.settle();
    expect(await alarms(running)).toMatchObject([
      { code: 'access-token-refused', subject: added, resolvedAt: null },
    ]);
    return running;
  }

  it.each([
    { method: 'DELETE', body: undefined, because: 'This business phone is not ours any more.' },
    {
      method: 'PATCH',
      body: { accessToken: 'EAAanother' },
      because: 'The access token of this business phone was changed.',
    },
  ])('resolves after $method, with the reason', async ({ method, body, because }) => {
    const running = await withRefusedPhone();
    expect((await running.api(method, `/v1/business-phones/${added}`, body)).status).toBe(200);
    await running.settle();
    const alarm = (await alarms(running)).find(({ resolvedAt }) => resolvedAt !== null);
    expect(alarm?.sentence.endsWith(because)).toBe(true);
    expect((await alarmEvents(running))[1]).toMatchObject({ payload: { news: 'resolved' } });
  });

  it('stays open when something else of the phone changes', async () => {
    const running = await withRefusedPhone();
    await running.api('PATCH', `/v1/business-phones/${added}`, { label: 'Recife' });
    await running.settle();
    expect(await alarms(running)).toMatchObject([{ resolvedAt: null }]);
  });

  it('resolves at the start when the environment names another phone', async () => {
    const running = await withAna();
    running.simulator.expireToken();
    await notify(running);
    await running.settle();
    expect(await alarms(running)).toMatchObject([{ subject: businessPhoneId, resolvedAt: null }]);
    running.config.meta.phoneNumberId = added;
    await running.restart();
    await running.settle();
    const [alarm] = await alarms(running);
    expect(alarm?.resolvedAt).not.toBeNull();
    expect(alarm?.sentence).toContain('This business phone is not ours any more.');
  });
});

describe('a business phone that is not registered', () => {
  it('raises an alarm that names the cure, and resolves once it is registered', async () => {
    const running = await withAna();
    running.simulator.unregister();
    await notify(running);
    await running.settle();
    const [open] = await alarms(running);
    expect(open).toMatchObject({ code: 'business-phone-not-registered', subject: businessPhoneId });
    expect(open?.remedy).toContain('recado register');
    running.simulator.register();
    await notify(running);
    await running.settle();
    expect(await alarms(running)).toMatchObject([{ id: open?.id, resolvedAt: expect.any(String) }]);
  });
});

describe('a disk that is nearly full', () => {
  it('raises an alarm, and resolves it only when there is clearly more room', async () => {
    const clock = testClock();
    const disk = { free: 40 * gibibyte, total: 100 * gibibyte };
    const running = await runGateway({ overrides: { clock, diskSpace: async () => ({ ...disk }) } });
    await running.settle();
    expect(await alarms(running)).toEqual([]);

    disk.free = 4 * gibibyte;
    clock.advance(minute);
    await running.settle();
    const [open] = await alarms(running);
    expect(open).toMatchObject({ code: 'disk-nearly-full', subject: 'installation', severity: 'critical' });
    expect(open?.sentence).toContain('4.0 GiB of 100.0 GiB');

    disk.free = 5.5 * gibibyte;
    clock.advance(minute);
    await running.settle();
    expect(await alarms(running)).toMatchObject([{ resolvedAt: null }]);

    disk.free = 7 * gibibyte;
    clock.advance(minute);
    await running.settle();
    expect(await alarms(running)).toMatchObject([{ id: open?.id, resolvedAt: expect.any(String) }]);
  });

  it('asks the operating system by default, and says when that cannot answer', async () => {
    const running = await runGateway();
    await running.gateway.drain();
    expect(running.log.filter((line) => line.includes('looked at'))).toEqual([]);
    const clock = testClock();
    const broken = await runGateway({
      overrides: { clock, diskSpace: () => Promise.reject(new Error('no such disk')) },
    });
    clock.advance(minute);
    await broken.gateway.drain();
    expect(broken.log.filter((line) => line.includes('disk-nearly-full: Error: no such disk'))).toHaveLength(
      1,
    );
  });
});

describe('webhooks that cannot be committed', () => {
  const body = () =>
    webhookOf({
      messages: [textMessage(`wamid.${Math.random()}`, '558587654321', 'Hi', Math.floor(Date.now() / 1000))],
    });

  it('raise an alarm after five minutes, which reaches people though the database is stuck', async () => {
    const clock = testClock();
    const alerts = await alertWebhook();
    const running = await runGateway({
      overrides: { clock },
      config: (config) => ({ ...config, alerts: { webhookUrl: alerts.url, mail: null } }),
    });
    await running.settle();
    const other = new Database(running.config.database.file);
    onTestFinished(() => {
      other.close();
    });
    other.exec('begin immediate');
    expect((await running.post(body())).status).toBe(503);
    clock.advance(4 * minute);
    await running.gateway.drain();
    expect(alerts.inbox.items).toEqual([]);

    clock.advance(2 * minute);
    await alerts.inbox.until(1);
    expect(alerts.inbox.items[0]?.body).toMatchObject({
      type: 'alarm.raised',
      alarm: { code: 'webhooks-not-committed', subject: 'installation' },
    });

    other.exec('rollback');
    expect((await running.post(body())).status).toBe(200);
    clock.advance(minute);
    await running.settle();
    expect(await alarms(running)).toMatchObject([
      { code: 'webhooks-not-committed', resolvedAt: expect.any(String) },
    ]);
    expect(await alarmEvents(running)).toMatchObject([
      { payload: { news: 'raised' } },
      { payload: { news: 'resolved' } },
    ]);
  });

  it('raise none when the database works again and Meta only has not come back yet', async () => {
    const clock = testClock();
    const running = await runGateway({ overrides: { clock } });
    await running.settle();
    const other = new Database(running.config.database.file);
    other.exec(`create trigger broken before insert on webhooks begin select raise(abort, 'broken'); end`);
    expect((await running.post(body())).status).toBe(503);
    other.exec('drop trigger broken');
    other.close();
    clock.advance(30 * minute);
    await running.settle();
    expect(await alarms(running)).toEqual([]);
  });
});

describe('a queue that grows', () => {
  it('raises an alarm when something is due for five minutes, and resolves when it is sent', async () => {
    const clock = testClock();
    const alerts = await alertWebhook();
    const held: (() => void)[] = [];
    // A Meta that answers only when it is told to: the second message to Ana waits for the first.
    const slow = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      request.resume().on('end', () => {
        // Who asks Meta for templates gets an answer at once, or their question would be taken for a message.
        if (!request.url?.endsWith('/messages')) return response.end('{"data":[]}');
        const number = held.length + 1;
        held.push(() =>
          response.end(
            JSON.stringify({
              messaging_product: 'whatsapp',
              contacts: [{ input: '558587654321', wa_id: '558587654321' }],
              messages: [{ id: `wamid.slow${number}` }],
            }),
          ),
        );
        return response;
      });
    });
    slow.listen(0, '127.0.0.1');
    await once(slow, 'listening');
    onTestFinished(async () => {
      slow.closeAllConnections();
      slow.close();
      await once(slow, 'close');
    });
    const address = slow.address();
    const graphUrl = `http://127.0.0.1:${address === null || typeof address === 'string' ? 0 : address.port}`;
    const running = await withAna({
      overrides: { clock },
      config: (config) => ({
        ...config,
        meta: { ...config.meta, graphUrl },
        alerts: { webhookUrl: alerts.url, mail: null },
      }),
    });
    await notify(running);
    await notify(running);
    await expect.poll(() => held.length).toBe(1);
    clock.advance(6 * minute);
    await alerts.inbox.until(1);
    expect(alerts.inbox.items[0]?.body).toMatchObject({
      type: 'alarm.raised',
      alarm: { code: 'queue-growing', subject: businessPhoneId },
    });
    expect(alerts.inbox.items[0]?.body.text).toContain('1 is due, the oldest for 6 min');

    held[0]?.();
    await expect.poll(() => held.length).toBe(2);
    held[1]?.();
    clock.advance(minute);
    await running.settle();
    expect(await alarms(running)).toMatchObject([{ code: 'queue-growing', resolvedAt: expect.any(String) }]);
  });
});

describe('recipients', () => {
  it('get a mail each, with what to do, over a real SMTP conversation', async () => {
    const mail = await mailServer();
    const running = await withAna({
      config: (config) => ({
        ...config,
        alerts: {
          webhookUrl: null,
          mail: { smtpUrl: mail.url, from: 'recado@example.com', to: ['ops@example.com', 'ana@example.com'] },
        },
      }),
    });
    running.simulator.expireToken();
    await notify(running);
    await running.settle();
    expect(mail.logins).toEqual(['\0recado\0p@ss']);
    expect(mail.inbox.items).toHaveLength(1);
    const [received] = mail.inbox.items;
    expect(received?.from).toContain('<recado@example.com>');
    expect(received?.to.join()).toMatch(/<ops@example\.com>.*<ana@example\.com>/);
    const text = decoded(received?.data ?? '');
    expect(text).toContain(`Subject: [Recado] critical: access-token-refused (${businessPhoneId})`);
    expect(text).toContain('What to do: Make a System User token');
    expect(text).toContain('Auto-Submitted: auto-generated');
    expect(text).not.toContain('558587654321');
  });

  it('who refuse are told again later, a bounded number of times, and disturb nobody', async () => {
    const clock = testClock();
    const alerts = await alertWebhook();
    const mail = await mailServer({ refuse: true });
    const running = await withAna({
      overrides: { clock },
      config: (config) => ({
        ...config,
        alerts: {
          webhookUrl: alerts.url,
          mail: { smtpUrl: mail.url, from: 'recado@example.com', to: ['ops@example.com'] },
        },
      }),
    });
    alerts.answers.push({ status: 500 }, { status: 302, headers: { location: 'http://169.254.169.254/' } });
    running.simulator.unregister();
    await notify(running);
    await running.settle();
    expect(alerts.inbox.items).toHaveLength(1);
    for (let round = 0; round < 8; round += 1) {
      clock.advance(61 * minute);
      await running.settle();
    }
    // Refused, redirected and not followed, taken.
    expect(alerts.inbox.items.map(({ body }) => body.type)).toEqual(Array(3).fill('alarm.raised'));
    const said = running.log.filter((line) => line.includes('could not be told'));
    expect(said.filter((line) => line.includes('ALERT_WEBHOOK_URL'))).toEqual([
      expect.stringContaining('answered 500. It is tried again in 10 s.'),
      expect.stringContaining('redirect 302, which is not followed'),
    ]);
    const mailed = said.filter((line) => line.includes('ALERT_EMAIL'));
    expect(mailed).toHaveLength(6);
    expect(mailed.at(-1)).toContain('given up');
    expect(said.join()).not.toContain('a-secret');
    expect(said.join()).not.toContain('p@ss');
    expect(said.join()).not.toContain('127.0.0.1');
    expect(mail.sockets.size).toBe(0);
  });

  it('who could not be reached before the end are told by the next start', async () => {
    const alerts = await alertWebhook();
    alerts.answers.push({ status: 503 });
    const running = await withAna({
      config: (config) => ({ ...config, alerts: { webhookUrl: alerts.url, mail: null } }),
    });
    running.simulator.expireToken();
    await notify(running);
    await running.settle();
    expect(alerts.inbox.items).toHaveLength(1);
    await running.restart();
    await running.settle();
    expect(alerts.inbox.items.map(({ body }) => body.type)).toEqual(['alarm.raised', 'alarm.raised']);
    await running.restart();
    await running.settle();
    expect(alerts.inbox.items).toHaveLength(2);
  });

  it('who hang hold up neither the feed nor the list nor anybody else', async () => {
    const alerts = await alertWebhook();
    const mail = await mailServer({ silent: true });
    const running = await withAna({
      config: (config) => ({
        ...config,
        alerts: {
          webhookUrl: alerts.url,
          mail: { smtpUrl: mail.url, from: 'recado@example.com', to: ['ops@example.com'] },
        },
      }),
    });
    running.simulator.unregister();
    await notify(running);
    await alerts.inbox.until(1);
    await expect.poll(() => mail.sockets.size).toBe(1);
    expect(await alarms(running)).toMatchObject([
      { code: 'business-phone-not-registered', resolvedAt: null },
    ]);
    expect(await alarmEvents(running)).toMatchObject([{ payload: { news: 'raised' } }]);

    running.simulator.register();
    await notify(running);
    await alerts.inbox.until(2);
    expect(alerts.inbox.items.map(({ body }) => body.type)).toEqual(['alarm.raised', 'alarm.resolved']);
    // The first mail is still on its way, and nobody waited for it but the second.
    expect(mail.sockets.size).toBe(1);
    expect(await alarms(running)).toMatchObject([{ resolvedAt: expect.any(String) }]);
    expect(running.log.filter((line) => line.includes('could not be told'))).toEqual([]);
  });

  it('are told by the next start when the process dies between keeping and telling, each on their own', async () => {
    const alerts = await alertWebhook();
    const mail = await mailServer();
    alerts.answers.push('never');
    const running = await withAna({
      config: (config) => ({
        ...config,
        alerts: {
          webhookUrl: alerts.url,
          mail: { smtpUrl: mail.url, from: 'recado@example.com', to: ['ops@example.com'] },
        },
      }),
    });
    running.simulator.unregister();
    await notify(running);
    await alerts.inbox.until(1);
    await mail.inbox.until(1);
    // What a crash leaves now: kept, told by mail, and on its way to the webhook that does not answer.
    const left = join(temporaryFolder(), 'recado.db');
    const database = new Database(running.config.database.file, { readonly: true });
    onTestFinished(() => {
      database.close();
    });
    const knows = database.prepare(
      `select count(*) as count from alarm_tellings where recipient = 'ALERT_EMAIL' and told_at is not null`,
    );
    await expect.poll(() => knows.get()).toEqual({ count: 1 });
    database.prepare('vacuum into ?').run(left);

    const after = await runGateway({
      config: (config) => ({
        ...config,
        database: { file: left, postgres: null },
        alerts: running.config.alerts,
      }),
    });
    await after.settle();
    expect(alerts.inbox.items.map(({ body }) => body.type)).toEqual(['alarm.raised', 'alarm.raised']);
    expect(alerts.inbox.items[1]?.body.alarm).toEqual(alerts.inbox.items[0]?.body.alarm);
    expect(mail.inbox.items).toHaveLength(1);
  });

  it('who are named after an alarm was raised hear of it with the next start', async () => {
    const alerts = await alertWebhook();
    const later: { webhookUrl: string | null; mail: null } = { webhookUrl: null, mail: null };
    const running = await withAna({ config: (config) => ({ ...config, alerts: later }) });
    running.simulator.expireToken();
    await notify(running);
    await running.settle();
    later.webhookUrl = alerts.url;
    await running.restart();
    await running.settle();
    expect(alerts.inbox.items.map(({ body }) => body.type)).toEqual(['alarm.raised']);
    await running.restart();
    await running.settle();
    expect(alerts.inbox.items).toHaveLength(1);
  });

  it('get plain JSON by POST', async () => {
    const alerts = await alertWebhook();
    const running = await withAna({
      config: (config) => ({
        ...config,
        publicUrl: 'https://recado.example.com',
        alerts: { webhookUrl: alerts.url, mail: null },
      }),
    });
    running.simulator.expireToken();
    await notify(running);
    await running.settle();
    const [alert] = alerts.inbox.items;
    const [open] = await alarms(running);
    expect(alert).toMatchObject({
      method: 'POST',
      url: '/alerts?key=a-secret',
      headers: { 'content-type': 'application/json', 'user-agent': 'recado' },
    });
    expect(alert?.body).toEqual({
      type: 'alarm.raised',
      text: expect.stringContaining('What to do:'),
      gateway: 'https://recado.example.com',
      alarm: open,
    });
  });
});

describe('GET /v1/alarms', () => {
  it('forgets what was resolved 90 days ago, and keeps what is open', async () => {
    const clock = testClock();
    const disk = { free: 4 * gibibyte, total: 100 * gibibyte };
    const running = await withAna({ overrides: { clock, diskSpace: async () => ({ ...disk }) } });
    running.simulator.expireToken();
    await notify(running);
    await running.settle();
    disk.free = 40 * gibibyte;
    clock.advance(minute);
    await running.settle();
    const codes = async () => (await alarms(running)).map(({ code }) => code);
    expect(await codes()).toEqual(['access-token-refused', 'disk-nearly-full']);
    clock.advance(89 * day);
    await running.settle();
    expect(await codes()).toEqual(['access-token-refused', 'disk-nearly-full']);
    clock.advance(day);
    await running.settle();
    expect(await codes()).toEqual(['access-token-refused']);
  });

  it('shows open alarms first, then resolved ones, page by page', async () => {
    const clock = testClock();
    const running = await withAna({ overrides: { clock } });
    for (const [spoil, cure] of [
      [running.simulator.expireToken, running.simulator.renewToken],
      [running.simulator.unregister, running.simulator.register],
    ] as const) {
      spoil();
      await notify(running);
      await running.settle();
      cure();
      clock.advance(minute);
      await notify(running);
      await running.settle();
    }
    running.simulator.expireToken();
    await notify(running);
    await running.settle();
    const all = await alarms(running);
    expect(all.map(({ resolvedAt }) => resolvedAt === null)).toEqual([true, false, false]);
    const ids: string[] = [];
    let after = '';
    for (;;) {
      const { body } = await running.api<Page<AlarmBody>>('GET', `/v1/alarms?limit=1${after}`);
      ids.push(...body.data.map(({ id }) => id));
      if (body.next === null) break;
      after = `&after=${body.next}`;
    }
    expect(ids).toEqual(all.map(({ id }) => id));
  });
});

/** Headers unfolded, and a quoted-printable body read. */
function decoded(data: string): string {
  return data
    .replace(/\n[ \t]+/g, ' ')
    .replace(/=\n/g, '')
    .replace(/((?:=[0-9A-F]{2})+)/g, (bytes) =>
      Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'),
    );
}

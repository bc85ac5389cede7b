import { describe, expect, it } from 'vitest';
import type { NotificationBody, NotificationPreviewBody } from '../../src/server/contract/notification.ts';
import { runRecado } from '../support/run-recado.ts';
import { type Page, type RunningGateway, runGateway } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testClock } from '../support/test-clock.ts';
import { adminKey } from '../support/test-config.ts';

const hour = 60 * 60_000;
const to = '558587654321';

/** A gateway to which Ana wrote more than a day ago. */
async function withClosedWindow() {
  const clock = testClock();
  const running = await runGateway({ overrides: { clock } });
  const ana = running.simulator.person(to, { name: 'Ana Souza' });
  await ana.writes('Hi');
  await running.settle();
  clock.advance(25 * hour);
  await running.settle();
  return { running, ana, clock };
}

async function hold(running: RunningGateway, changes: object = {}): Promise<NotificationBody> {
  const { status, body } = await running.api<NotificationBody>('POST', '/v1/notifications', {
    to,
    text: 'Your result is here.',
    onClosedWindow: 'hold',
    ...changes,
  });
  expect(status).toBe(202);
  return body;
}

async function look(running: RunningGateway, { id }: NotificationBody): Promise<NotificationBody> {
  return (await running.api<NotificationBody>('GET', `/v1/notifications/${id}`)).body;
}

describe('a text that is held while the window is closed', () => {
  it('says so, waits, and goes when the person writes: everything in the order of asking', async () => {
    const { running, ana } = await withClosedWindow();
    const first = await hold(running, { text: 'One' });
    expect(first).toMatchObject({
      decision: 'hold',
      because: expect.stringMatching(/^The window closed .*, so it is held until they write\.$/),
    });
    const others = [await hold(running, { text: 'Two' }), await hold(running, { text: 'Three' })];
    await running.settle();
    expect(await look(running, first)).toMatchObject({ state: 'held', attempts: [], nextAttemptAt: null });
    const listed = await running.api<Page<NotificationBody>>('GET', '/v1/notifications?state=held');
    expect(listed.body.data).toHaveLength(3);

    await ana.writes('I am here');
    await running.settle();
    for (const notification of [first, ...others]) {
      expect(await look(running, notification)).toMatchObject({ state: 'delivered', decision: 'free-form' });
    }
    const received = ana.messages().filter(({ direction }) => direction === 'in');
    expect(received.map(({ text }) => text)).toEqual(['One', 'Two', 'Three']);
    const { body } = await running.api<Page<{ payload: { notificationId?: string; state?: string } }>>(
      'GET',
      '/v1/events?kind=notification',
    );
    const story = body.data.flatMap(({ payload }) =>
      payload.notificationId === first.id ? [payload.state] : [],
    );
    expect(story.slice(0, 4)).toEqual(['queued', 'held', 'queued', 'sending']);
  });

  it('goes when the person calls, for that opens the window too', async () => {
    const { running, ana } = await withClosedWindow();
    const notification = await hold(running);
    await running.settle();
    await ana.calls();
    await running.settle();
    expect((await look(running, notification)).state).toBe('delivered');
  });

  it('waits for somebody who never wrote, too', async () => {
    const running = await runGateway();
    const notification = await hold(running, { to: '+55 11 98888-7777' });
    await running.settle();
    expect(await look(running, notification)).toMatchObject({ state: 'held', contactId: null });
    await running.simulator.person('5511988887777', { name: 'Bia' }).writes('Olá');
    await running.settle();
    expect(await look(running, notification)).toMatchObject({
      state: 'delivered',
      contactId: expect.stringMatching(/^ct_/),
    });
  });

  it('ends visibly after seven days, and at its own notAfter; nobody gets it any more', async () => {
    const { running, ana, clock } = await withClosedWindow();
    const whole = await hold(running);
    const short = await hold(running, { notAfter: new Date(clock.now() + hour).toISOString() });
    const code = await hold(running, { purpose: 'authentication' });
    clock.advance(hour);
    await running.settle();
    const states = async () =>
      Promise.all([whole, short, code].map(async (one) => (await look(running, one)).state));
    expect(await states()).toEqual(['held', 'expired', 'expired']);
    clock.advance(7 * 24 * hour);
    await running.settle();
    expect((await states())[0]).toBe('expired');
    await ana.writes('Too late');
    await running.settle();
    expect(ana.messages().filter(({ direction }) => direction === 'in')).toEqual([]);
  });

  it('can be taken back', async () => {
    const { running, ana } = await withClosedWindow();
    const notification = await hold(running);
    await running.settle();
    const { status, body } = await running.api<NotificationBody>(
      'POST',
      `/v1/notifications/${notification.id}/cancel`,
    );
    expect([status, body.state]).toEqual([200, 'cancelled']);
    await ana.writes('Hi');
    await running.settle();
    expect(ana.messages().filter(({ direction }) => direction === 'in')).toEqual([]);
  });

  it('goes at once while the window is open, also when they wrote just after it was decided', async () => {
    const { running, ana, clock } = await withClosedWindow();
    await ana.writes('Hi again');
    const notification = await hold(running, {
      notBefore: new Date(clock.now() + hour).toISOString(),
    });
    clock.advance(2 * hour);
    await running.settle();
    expect((await look(running, notification)).state).toBe('delivered');
  });

  it('is held across a restart', async () => {
    const { running, ana } = await withClosedWindow();
    const notification = await hold(running);
    await running.settle();
    await running.restart();
    await ana.writes('Hi');
    await running.settle();
    expect((await look(running, notification)).state).toBe('delivered');
  });

  it('is foretold by a preview', async () => {
    const { running } = await withClosedWindow();
    const request = { to, text: 'Hi', onClosedWindow: 'hold' };
    const { body } = await running.api<NotificationPreviewBody>('POST', '/v1/notifications/preview', request);
    expect(body).toMatchObject({ decision: 'hold', content: null, failure: null, willSendAt: null });
  });
});

describe('recado send --hold', () => {
  it('says that it is held and what lets it go', async () => {
    const { running } = await withClosedWindow();
    const words = ['send', '--to', to, '--text', 'Hi', '--hold', '--wait', '1'];
    const waiting = runRecado(temporaryFolder(), words, {
      RECADO_URL: running.gateway.url,
      RECADO_ADMIN_KEY: adminKey,
    });
    const run = await waiting;
    expect(run.stdout).toContain('Decision: hold\n');
    expect(run.stdout).toContain(': held\n');
    expect(run.stderr).toContain('It goes by itself once they write to your number');
    expect(run.exitCode).toBe(1);
  });
});

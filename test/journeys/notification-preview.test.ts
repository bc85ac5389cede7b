import { describe, expect, it } from 'vitest';
import type { NotificationBody, NotificationPreviewBody } from '../../src/server/contract/notification.ts';
import { runRecado } from '../support/run-recado.ts';
import { type Page, type RunningGateway, runGateway } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testClock } from '../support/test-clock.ts';
import { adminKey, businessPhoneId } from '../support/test-config.ts';

const hour = 60 * 60_000;
const ana = '558587654321';

/** A gateway to which Ana has written. */
async function withAna() {
  const clock = testClock();
  const running = await runGateway({ overrides: { clock } });
  await running.simulator.person(ana, { name: 'Ana Souza' }).writes('Oi');
  await running.settle();
  return { running, clock };
}

function preview(running: RunningGateway, body: object) {
  return running.api<NotificationPreviewBody & { code?: string }>('POST', '/v1/notifications/preview', body);
}

function recado({ gateway }: RunningGateway, ...words: string[]) {
  return runRecado(temporaryFolder(), ['send', ...words], {
    RECADO_URL: gateway.url,
    RECADO_ADMIN_KEY: adminKey,
  });
}

describe('POST /v1/notifications/preview', () => {
  it('decides as taking does, and stores and sends nothing', async () => {
    const { running } = await withAna();
    const request = { to: ana, text: 'See you at 10:00.', idempotencyKey: 'once' };
    const { status, body } = await preview(running, request);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      decision: 'free-form',
      content: { type: 'text', body: 'See you at 10:00.' },
      failure: null,
      to: ana,
      contactId: expect.stringMatching(/^ct_/),
      businessPhoneId,
      costCategory: 'service',
      willSendAt: expect.any(String),
      window: { open: true, closesAt: expect.any(String) },
    });
    await running.settle();
    expect((await running.api<Page<object>>('GET', '/v1/notifications')).body.data).toEqual([]);
    const events = await running.api<Page<object>>('GET', '/v1/events?kind=notification');
    expect(events.body.data).toEqual([]);
    expect(running.simulator.ledger()).toEqual([]);

    const taken = await running.api<NotificationBody>('POST', '/v1/notifications', request);
    const { decision, because, contactId, content } = taken.body;
    expect(taken.status).toBe(202);
    expect(body).toMatchObject({ decision, because, contactId, content });
  });

  it('says that the fallback would go when the window is closed', async () => {
    const { running, clock } = await withAna();
    clock.advance(25 * hour);
    const fallback = { name: 'hello_world', language: 'en_US' };
    const { body } = await preview(running, { to: ana, text: 'Oi', fallback });
    expect(body).toMatchObject({
      decision: 'template',
      content: { type: 'template', ...fallback },
      costCategory: 'utility',
      window: { open: false },
    });
    expect(body.because).toContain('the fallback template hello_world goes instead');
  });

  it('answers a refusal with its failure and remedy, and stores no failed notification', async () => {
    const { running } = await withAna();
    const { status, body } = await preview(running, { to: '5511900000001', text: 'Oi' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      decision: 'refuse',
      content: null,
      contactId: null,
      failure: { code: 'window-closed', remedy: expect.stringContaining('template') },
      window: { open: false, closesAt: null },
    });
    expect((await running.api<Page<object>>('GET', '/v1/notifications')).body.data).toEqual([]);
  });

  it('names a business phone that is not ours', async () => {
    const { running } = await withAna();
    const { status, body } = await preview(running, { to: ana, text: 'Oi', businessPhone: '123' });
    expect([status, body.code]).toEqual([400, 'business-phone-not-ours']);
  });
});

describe('recado send --preview', () => {
  it('prints what would be sent, to whom and why', async () => {
    const { running } = await withAna();
    const run = await recado(running, '--to', ana, '--text', 'See you at 10:00.', '--preview');
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toMatch(
      /^Decision {2}free-form\nBecause {3}The window is open .*\nTo {8}558587654321 \(ct_\w+\)\nFrom {6}\d+\nWindow {4}open until .*\nSays {6}See you at 10:00\.\nNext: nothing was sent; leave out --preview to send it\.\n$/,
    );
    expect(running.simulator.ledger()).toEqual([]);
  });

  it('prints a refusal as an answer, with its remedy', async () => {
    const { running } = await withAna();
    const run = await recado(running, '--to', '5511900000001', '--text', 'Oi', '--preview');
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('Decision  refuse\n');
    expect(run.stdout).toContain('(window-closed)\nNext: Send an approved template instead');
    const json = await recado(running, '--to', '5511900000001', '--text', 'Oi', '--preview', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ decision: 'refuse', failure: { code: 'window-closed' } });
  });

  it('refuses to wait for what is not sent', async () => {
    const run = await runRecado(temporaryFolder(), [
      'send',
      '--to',
      ana,
      '--text',
      'Oi',
      '--preview',
      '--wait',
    ]);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('--preview sends nothing, so there is nothing to wait for.');
  });
});

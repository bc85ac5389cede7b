import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NotificationPreviewBody } from '../../src/server/contract/notification.ts';
import type {
  TemplatePageBody,
  TemplatePreviewBody,
  TemplateSyncBody,
} from '../../src/server/contract/template.ts';
import { runRecado } from '../support/run-recado.ts';
import { type RunningGateway, runGateway } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testClock } from '../support/test-clock.ts';
import { adminKey } from '../support/test-config.ts';

const minute = 60_000;
const stranger = '+55 85 8765-4321';

const orderReady = {
  name: 'order_ready',
  language: 'pt_BR',
  category: 'UTILITY',
  components: [
    { type: 'BODY', text: 'Olá, {{1}}! O pedido {{2}} está pronto.' },
    { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Ver', url: 'https://shop.example/{{1}}' }] },
  ],
};

function preview(running: RunningGateway, template: object) {
  return running.api<NotificationPreviewBody>('POST', '/v1/notifications/preview', {
    to: stranger,
    template,
  });
}

function recado({ gateway }: RunningGateway, ...words: string[]) {
  return runRecado(temporaryFolder(), ['templates', ...words], {
    RECADO_URL: gateway.url,
    RECADO_ADMIN_KEY: adminKey,
  });
}

describe('templates', () => {
  it('are read from Meta at the start, with the values that a send has to give', async () => {
    const running = await runGateway();
    await running.settle();
    const { body } = await running.api<TemplatePageBody>('GET', '/v1/templates');
    expect(body.data).toMatchObject([
      { name: 'hello_world', language: 'en_US', status: 'APPROVED', parameters: { body: [] } },
      { name: 'interview_reminder', language: 'pt_BR', parameters: { named: false, body: ['1', '2'] } },
    ]);
  });

  it('are submitted, told by webhook when they are approved, edited and deleted', async () => {
    const clock = testClock();
    const running = await runGateway({ overrides: { clock } });
    const made = await running.api<TemplatePageBody>('POST', '/v1/templates', orderReady);
    expect([made.status, made.body.data[0]?.status]).toEqual([201, 'PENDING']);
    const values = { name: 'order_ready', language: 'pt_BR', parameters: ['Ana', '4711'] };
    const ready = { ...values, buttons: [{ index: 0, urlSuffix: '4711' }] };
    expect((await preview(running, ready)).body).toMatchObject({
      decision: 'refuse',
      because: 'The template order_ready (pt_BR) is PENDING, not APPROVED.',
      failure: { code: 'template-not-approved' },
    });
    clock.advance(minute);
    await running.settle();
    expect((await preview(running, ready)).body).toMatchObject({ decision: 'template', failure: null });

    const filled = await running.api<TemplatePreviewBody>('POST', '/v1/templates/order_ready/preview', {
      language: 'pt_BR',
      parameters: ['Ana', '4711'],
      buttons: [{ index: 0, urlSuffix: '4711' }],
    });
    expect(filled.body).toMatchObject({
      fits: true,
      body: 'Olá, Ana! O pedido 4711 está pronto.',
      buttons: [{ url: 'https://shop.example/4711' }],
    });
    const edited = await running.api<TemplatePageBody>('PATCH', '/v1/templates/order_ready', {
      language: 'pt_BR',
      components: [{ type: 'BODY', text: 'Pronto, {{1}}!' }],
    });
    expect(edited.body.data).toMatchObject([{ body: 'Pronto, {{1}}!', parameters: { body: ['1'] } }]);
    expect((await running.api('DELETE', '/v1/templates/order_ready')).status).toBe(200);
    expect((await preview(running, ready)).body).toMatchObject({ failure: { code: 'template-missing' } });
  });

  it('are compared with what is to be sent, before it is sent', async () => {
    const running = await runGateway();
    await running.settle();
    for (const [template, code, because] of [
      [
        { name: 'interview_reminder', language: 'pt_BR', parameters: ['Ana'] },
        'template-parameters-wrong',
        'The values do not fit the template interview_reminder (pt_BR): the body has 2 placeholders ({{1}}, {{2}}), and 1 value was given.',
      ],
      [
        { name: 'interview_reminder', language: 'en_US', parameters: ['Ana', 'x'] },
        'template-missing',
        'There is no template interview_reminder in en_US, only in pt_BR.',
      ],
      [
        { name: 'other', language: 'pt_BR' },
        'template-missing',
        'There is no template other in the WhatsApp account of the business phone.',
      ],
    ] as const) {
      expect((await preview(running, template)).body).toMatchObject({
        decision: 'refuse',
        because,
        failure: { code },
      });
    }
    // Nothing of it was sent, or asked of Meta by a send.
    const sends = running.simulator.requests().filter(({ path }) => path.endsWith('/messages'));
    expect(sends).toEqual([]);
  });

  it('that Meta approved meanwhile is found before it is refused: an old reading refuses nothing', async () => {
    const clock = testClock();
    const running = await runGateway({ overrides: { clock } });
    await running.settle();
    // Nobody tells: the account's template fields are not subscribed.
    running.simulator.pointWebhooksAt('http://127.0.0.1:9/');
    running.simulator.templates.add({
      wabaId: running.simulator.settings.wabaId,
      name: 'order_ready',
      language: 'pt_BR',
      category: 'utility',
      parts: {
        format: 'POSITIONAL',
        header: null,
        body: 'Olá, {{1}}! O pedido {{2}} está pronto.',
        footer: null,
        buttons: [],
      },
    });
    const before = { name: 'order_ready', language: 'pt_BR', parameters: ['Ana', '4711'] };
    expect((await preview(running, before)).body).toMatchObject({ failure: { code: 'template-missing' } });
    clock.advance(2 * minute);
    const values = { name: 'order_ready', language: 'pt_BR', parameters: ['Ana', '4711'] };
    expect((await preview(running, values)).body).toMatchObject({ decision: 'template' });
  });

  it('that were never read are left to Meta, with a note', async () => {
    const running = await runGateway({
      config: (config) => ({ ...config, meta: { ...config.meta, wabaId: null } }),
    });
    const { body } = await preview(running, { name: 'other', language: 'pt_BR' });
    expect(body).toMatchObject({ decision: 'template', failure: null });
    expect(body.because).toMatch(/Its templates were never read, so Meta itself checks name and values\.$/);
    const { body: synced } = await running.api<TemplateSyncBody>('POST', '/v1/templates/sync');
    expect(synced.accounts).toEqual([]);
  });

  it('that Meta paused since they were taken are not sent', async () => {
    const clock = testClock();
    const running = await runGateway({ overrides: { clock } });
    await running.settle();
    const notBefore = new Date(clock.now() + 10 * minute).toISOString();
    const taken = await running.api<{ id: string }>('POST', '/v1/notifications', {
      to: stranger,
      template: { name: 'hello_world', language: 'en_US' },
      notBefore,
    });
    const paused = running.simulator.templates.all().find(({ name }) => name === 'hello_world');
    if (paused === undefined) throw new Error('The simulator has no template hello_world.');
    running.simulator.templates.decide(paused, 'PAUSED');
    await running.settle();
    running.simulator.expireToken();
    clock.advance(11 * minute);
    await running.settle();
    const { body } = await running.api('GET', `/v1/notifications/${taken.body.id}`);
    expect(body).toMatchObject({
      state: 'failed',
      because: 'The template hello_world (en_US) is PAUSED.',
      failure: { code: 'template-unavailable' },
      attempts: [],
    });
  });
});

describe('the default fallback', () => {
  it('says the text where its body has one placeholder', async () => {
    const running = await runGateway({
      simulator: {
        templates: [
          { name: 'note', language: 'pt_BR', status: 'APPROVED', bodyParameters: 1, body: 'Recado: {{1}}' },
        ],
      },
    });
    await running.settle();
    const person = running.simulator.person('5585987654321');
    const setting = { defaultFallback: { name: 'note', language: 'pt_BR' } };
    expect((await running.api('PATCH', '/v1/settings', setting)).status).toBe(200);
    const text = 'O pedido está pronto.\nAté já!';
    const taken = await running.api('POST', '/v1/notifications', { to: stranger, text });
    expect(taken).toMatchObject({ status: 202, body: { decision: 'template' } });
    await running.settle();
    expect(person.messages()).toMatchObject([{ text: 'Recado: O pedido está pronto. Até já!' }]);
  });
});

describe('recado templates', () => {
  it('lists, shows, reads, submits and deletes', async () => {
    const running = await runGateway();
    await running.settle();
    expect((await recado(running)).stdout).toMatch(/^interview_reminder +pt_BR +APPROVED/m);
    expect((await recado(running, 'show', 'interview_reminder')).stdout).toMatch(/^Values {5}body 1, 2$/m);
    expect((await recado(running, 'sync')).stdout).toContain('Account 300100300100300: 2 templates.');
    const file = join(temporaryFolder(), 'template.json');
    writeFileSync(file, JSON.stringify(orderReady));
    expect((await recado(running, 'create', file)).stdout).toMatch(/^order_ready +pt_BR +PENDING/m);
    const again = await recado(running, 'create', file);
    expect([again.exitCode, again.stderr]).toEqual([1, expect.stringContaining('(template-refused)')]);
    const removed = await recado(running, 'delete', 'order_ready', '--json');
    expect(JSON.parse(removed.stdout)).toMatchObject({ data: [{ name: 'order_ready' }] });
    expect((await recado(running, 'create', `${file}.not`)).exitCode).toBe(2);
    running.simulator.expireToken();
    const failed = await recado(running, 'sync');
    expect([failed.exitCode, failed.stderr]).toEqual([1, expect.stringContaining('#190')]);
  });
});

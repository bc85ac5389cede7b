import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { signBody } from '../../src/whatsapp/signature.ts';
import { webhookOf } from '../support/running-gateway.ts';
import { appSecret } from '../support/test-config.ts';
import {
  launchBrowser,
  mayBeSkipped,
  missing,
  openBoard as openBoardIn,
  openPage as openPageIn,
  openSandbox,
  pageFaults,
  picture,
  seen,
  tabTo,
} from './sandbox-browser.ts';

if (missing !== null && mayBeSkipped) console.warn(`SKIPPED: the sandbox page. ${missing}.`);

describe.skipIf(missing !== null && mayBeSkipped)('the sandbox page', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => browser?.close());

  const openPage = (url: string, options?: BrowserContextOptions) => openPageIn(browser, url, options);
  const openBoard = (url: string, options?: BrowserContextOptions) => openBoardIn(browser, url, options);

  it('shows the whole loop: Hi, the event, the contact, a notification, delivered, read', async () => {
    const { url, adminKey } = await openSandbox();
    const page = await openBoard(url);
    expect(await page.title()).toBe('SANDBOX · Recado');
    expect(await page.locator('.band').innerText()).toContain('a pretend Meta');
    expect(await page.locator('#chat-empty').innerText()).toContain('Write Hi to begin');

    await page.locator('#say-hi').click();
    await seen(page, '#messages .out', 'Hi');
    await page.locator('#messages .ticks.delivered').waitFor();
    await seen(page, '#feed .event[data-kind=message]', 'Ana Souza wrote “Hi”');
    await seen(page, '#contacts', 'open for 23 h 59 min');
    await seen(page, '#recipient-hint', 'any text may be sent');

    await page.locator('#text').fill('Your appointment is tomorrow at 10:00.');
    expect(await page.locator('#command').innerText()).toContain(
      "npx recado send --to 558587654321 --text 'Your appointment is tomorrow at 10:00.'",
    );
    await page.getByRole('button', { name: 'Send: curl' }).click();
    expect(await page.locator('#command').innerText()).toContain(`Bearer ${adminKey}`);

    await page.getByRole('button', { name: 'Send notification' }).click();
    await seen(page, '.story .decision', 'free text');
    await seen(page, '.story .state', 'delivered');
    await seen(page, '#messages .in', 'Your appointment is tomorrow at 10:00.');
    await seen(page, '#unread-count', '1 new message');
    await page.locator('#read').click();
    await seen(page, '.story .state', 'read');
    expect(await page.locator('.story .track li.step-done').allInnerTexts()).toHaveLength(5);
    expect(await page.locator('#unread').isHidden()).toBe(true);

    const event = page.locator('#feed .event').first();
    await event.locator('summary').click();
    await event.locator('.raw code').waitFor();
    expect(JSON.parse(await event.locator('.raw code').innerText())).toMatchObject({
      kind: 'notification',
      payload: { state: 'read' },
    });
    await picture(page, 'loop');
  });

  it('shows a refusal and a failure with their remedies', async () => {
    const { url } = await openSandbox();
    const page = await openBoard(url);
    await page.locator('#recipient').selectOption({ label: 'Bruno Lima · +55 11 98765 4321' });
    await seen(page, '#recipient-hint', 'Has not written to you');
    await page.getByRole('button', { name: 'Send notification' }).click();
    const refused = page.locator('.story').first();
    await refused.locator('.decision-mark.refuse').waitFor();
    expect(await refused.innerText()).toMatch(/failed[\s\S]*window-closed[\s\S]*What to do[\s\S]*template/);
    await seen(page, '#feed .event[data-tone=failed]', 'Notification to Bruno Lima refused');

    await page.locator('#notify').getByRole('radio', { name: 'Template' }).check();
    await page.locator('#template').selectOption({ label: 'one_that_does_not_exist (to see the failure)' });
    await page.getByRole('button', { name: 'Send notification' }).click();
    const failed = page.locator('.story').first();
    await seen(page, '.story .failure-code', '#132001 · template-missing');
    expect(await failed.locator('.remedy').innerText()).toMatch(/What to do\s+\S/);
    await picture(page, 'failures');

    await page.locator('#recipient').selectOption({ label: 'Another number …' });
    await page.locator('#other-number').fill('not a number');
    await page.getByRole('button', { name: 'Send notification' }).click();
    await seen(page, '#notify-problem', 'recipient');
  });

  it('sends the fallback where a text may not go, and a template with its parameters', async () => {
    const { url } = await openSandbox();
    const page = await openBoard(url);
    await page.locator('#fallback').check();
    await page.getByRole('button', { name: 'Send notification' }).click();
    await seen(page, '.story .decision', 'template');
    await seen(page, '#messages .in', 'This is a template message');

    await page.locator('#notify').getByRole('radio', { name: 'Template' }).check();
    await page.locator('#template').selectOption({ label: 'interview_reminder (pt_BR)' });
    await page.getByLabel('Parameter {{1}}').fill('Ana');
    await page.getByLabel('Parameter {{2}}').fill('amanhã às 10h');
    await page.getByRole('button', { name: 'Send notification' }).click();
    await seen(page, '#messages .in >> nth=-1', 'Olá, Ana! Lembrete: a sua entrevista é amanhã às 10h');
  });

  it('keeps what is sent to an offline phone until it is back', async () => {
    const { url } = await openSandbox();
    const page = await openBoard(url);
    await page.locator('#say-hi').click();
    await seen(page, '#recipient-hint', 'any text may be sent');
    await page.getByRole('switch', { name: 'Online' }).click();
    await seen(page, '#phone-note', 'Ana Souza is offline');
    await page.getByRole('button', { name: 'Send notification' }).click();
    await seen(page, '.story .state', 'sent');
    expect(await page.locator('#messages .in').count()).toBe(0);
    expect(await page.locator('#compose-text').isDisabled()).toBe(true);
    await page.getByRole('switch', { name: 'Online' }).click();
    await seen(page, '.story .state', 'delivered');
    await seen(page, '#messages .in', 'Your appointment');
  });

  it('works from the keyboard alone', async () => {
    const { url } = await openSandbox();
    const page = await openBoard(url);
    await tabTo(page, '#compose-text');
    await page.keyboard.type('Hi');
    await page.keyboard.press('Enter');
    await seen(page, '#feed .event[data-kind=message]', 'Ana Souza wrote “Hi”');
    await tabTo(page, '#feed summary');
    await page.keyboard.press('Enter');
    await page.locator('#feed .raw').waitFor();
    await tabTo(page, '#notify .primary');
    await page.keyboard.press('Enter');
    await seen(page, '.story .state', 'delivered');
    await tabTo(page, '#add-person');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Carla Dias');
    await page.keyboard.press('Tab');
    await page.keyboard.type('+351 912 345 678');
    await page.keyboard.press('Enter');
    await seen(page, '#person-name', 'Carla Dias');
    await seen(page, '#person-number', '+351 912 345 678');
  });

  it('renders whatever comes from WhatsApp as text', async () => {
    const { url } = await openSandbox();
    const page = await openBoard(url);
    const elements = () =>
      page.evaluate("document.querySelectorAll('script, iframe, img, object, embed, base, form, a').length");
    const before = await elements();

    for (const [index, payload] of hostile.entries()) {
      await page.evaluate(
        async ({ name, number, text }) => {
          const post = (path: string, body: object) =>
            fetch(path, {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify(body),
            });
          await post('/sandbox/people', { name, number });
          await post(`/sandbox/people/${number}/messages`, { text });
        },
        { name: payload.slice(0, 60), number: `55119000000${String(index).padStart(2, '0')}`, text: payload },
      );
      const body = Buffer.from(JSON.stringify(webhookOf(hostileWebhook(payload, index))));
      const door = await fetch(`${url}/webhooks/whatsapp/`, {
        method: 'POST',
        headers: { 'x-hub-signature-256': signBody(body, appSecret) },
        body,
      });
      expect(door.status).toBe(200);
    }
    await page.locator('#recipient').selectOption('558587654321');
    await page.locator('#notify #text').fill(hostile.join(' '));
    await page.getByRole('button', { name: 'Send notification' }).click();
    // Each payload came as a message of its own, and in a webhook with a message and a status; Ana never wrote.
    await seen(page, '#feed-count', String(3 * hostile.length + 1));
    await page.locator('.story .decision').waitFor();
    for (const person of await page.locator('#people .person').all()) await person.click();
    for (const summary of await page.locator('#feed summary').all()) await summary.click();

    expect(await page.locator('#messages .bubble-text').innerText()).toBe(hostile.at(-1));
    expect(await page.locator('#contacts').innerText()).toContain('<img src=x onerror=');
    expect(await elements()).toBe(before);
    expect(await page.evaluate('window.struck')).toBeUndefined();
    await picture(page, 'hostile');
  });

  it('has a policy that bites: neither markup from text nor an inline script', async () => {
    const { url } = await openSandbox();
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.addInitScript({ path: pageFaults });
    const complaint = page.waitForEvent('console', (message) => message.text().startsWith('CSP:'));
    await page.goto(`${url}/sandbox`);
    await expect(page.evaluate("document.body.innerHTML = '<b>markup</b>'")).rejects.toThrow('TrustedHTML');
    expect((await complaint).type()).toBe('error');
    await expect(
      page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), { text: 'struck = 1' }))",
      ),
    ).rejects.toThrow('TrustedScript');
    expect(await page.evaluate('window.struck')).toBeUndefined();
  });

  it('asks for the admin key through a tunnel and under a rebound name, and takes it', async () => {
    const { url, adminKey } = await openSandbox();
    const rebound = url.replace('127.0.0.1', 'rebound.example');
    const stranger = await openPage(rebound);
    await stranger.getByLabel('Admin key').waitFor();
    expect(await stranger.context().cookies()).toEqual([]);

    const tunnel = await openPage(url, { extraHTTPHeaders: { 'x-forwarded-for': '203.0.113.7' } });
    await tunnel.getByLabel('Admin key').fill('guess');
    await tunnel.getByRole('button', { name: 'Log in' }).click();
    await seen(tunnel, '#login-problem', 'data/sandbox.json');
    await picture(tunnel, 'login');
    await tunnel.getByLabel('Admin key').fill(adminKey);
    await tunnel.getByRole('button', { name: 'Log in' }).click();
    await tunnel.locator('#connection[data-state=connected]').waitFor();
  });

  it('finds its way back after the sandbox was started anew', async () => {
    const first = await openSandbox();
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(`${first.url}/sandbox`);
    await page.locator('#connection[data-state=connected]').waitFor();
    await page.locator('#say-hi').click();
    await seen(page, '#feed-count', '1');
    await first.close();
    await page.locator('#connection[data-state=disconnected]').waitFor();

    await openSandbox({ host: '127.0.0.1', port: Number(new URL(first.url).port) }, first.folder);
    await page.locator('#connection[data-state=connected]').waitFor();
    await page.locator('#chat-empty').waitFor();
    expect(await page.locator('#feed .event').count()).toBe(0);
    await page.locator('#say-hi').click();
    await seen(page, '#feed-count', '1');
  });

  it.each([
    [360, 640],
    [390, 844],
    [820, 1180],
    [1180, 800],
    [1440, 900],
    [1920, 1080],
  ])('fits %i × %i pixels, by day and by night', async (width, height) => {
    const { url } = await openSandbox();
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await openBoard(url, { viewport: { width, height }, colorScheme });
      if ((await page.locator('#messages .out').count()) === 0) await page.locator('#say-hi').click();
      await page.locator('#contacts .contact').waitFor();
      const parts = await page.locator('.views button').all();
      for (const part of parts) {
        if (await part.isVisible()) await part.click();
        expect(await page.evaluate('pageFaults.layoutFaults()')).toEqual([]);
        await picture(page, `${width}-${colorScheme}-${await part.getAttribute('data-view')}`);
        if (!(await part.isVisible())) break;
      }
      expect(await page.evaluate('pageFaults.unlabelled()')).toEqual([]);
    }
  });
});

const hostile = [
  '<script>window.struck = 1</script>',
  '<img src=x onerror="window.struck = 1">',
  '"><svg onload="window.struck = 1">',
  "'-window.struck-'",
  '<iframe srcdoc="<script>parent.struck = 1</script>"></iframe>',
  '<a href="javascript:window.struck = 1">tap me</a>',
  '</textarea></title></style><script>window.struck = 1</script>',
  '{{constructor.constructor("window.struck = 1")()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: exactly what must stay text
  '${window.struck = 1}',
  '<base href="https://evil.example/">',
  '<form action="https://evil.example/"><input name="key"></form>',
  '\u202etxet desrever\u202c <b>bold</b>',
  '&lt;script&gt;window.struck = 1&lt;/script&gt;',
  '<style>* { display: none }</style>',
];

/** A webhook that puts the payload everywhere the page looks: types, names, ids, statuses, error titles. */
function hostileWebhook(payload: string, index: number) {
  const waId = `55219000000${String(index).padStart(2, '0')}`;
  const timestamp = String(Math.floor(Date.now() / 1000));
  return {
    contacts: [{ profile: { name: payload }, wa_id: waId }],
    messages: [{ from: waId, id: `wamid.m${index}${payload}`, timestamp, type: payload, [payload]: payload }],
    statuses: [
      {
        id: `wamid.s${index}${payload}`,
        status: 'failed',
        timestamp,
        recipient_id: payload,
        errors: [{ code: 131026, title: payload, error_data: { details: payload } }],
      },
    ],
  };
}

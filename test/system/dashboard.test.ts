import { source as axe } from 'axe-core';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileTexts } from './hostile-texts.ts';
import {
  launchBrowser,
  mayBeSkipped,
  missing,
  openPage,
  openSandbox,
  picture,
  seen,
  tabTo,
} from './sandbox-browser.ts';

if (missing !== null && mayBeSkipped) console.warn(`SKIPPED: the dashboard. ${missing}.`);

/** Numbers of the simulator to which every send fails, with the failure that Recado makes of it. */
const magic = [
  ['recipient-unreachable', '+10000001026'],
  ['recipient-not-allowed', '+10000001030'],
  ['withheld-by-meta', '+10000001049'],
  ['recipient-opted-out', '+10000001050'],
  ['recipient-blocked', '+10000000403'],
  ['country-restricted', '+10000000497'],
  ['template-parameters-wrong', '+10000002000'],
  ['template-unavailable', '+10000002015'],
] as const;

const pagesWithLists = new Set(['conversations', 'notifications', 'contacts', 'events', 'templates']);
const allPages = ['overview', ...pagesWithLists, 'setup', 'settings', 'more'];

describe.skipIf(missing !== null && mayBeSkipped)('the dashboard', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => browser?.close());

  const open = async (url: string, options: BrowserContextOptions = {}) => {
    const page = await openPage(browser, url, { locale: 'en-GB', ...options }, '/');
    await page.locator('.connection-live').waitFor({ state: 'attached' });
    return page;
  };

  it('shows what somebody writes, answers it, and sees it read', async () => {
    const { url, simulator } = await openSandbox();
    const page = await open(url);
    await seen(page, 'h1', 'All is well.');
    const phone = page.frameLocator('iframe');
    await phone.locator('#say-hi').click();
    await seen(page, '.lately', 'Hi');

    await page.getByRole('link', { name: 'Conversations' }).click();
    await page.locator('.conversation').filter({ hasText: 'Ana Souza' }).click();
    await seen(page, '.message-in .bubble', 'Hi');
    await page.getByLabel('Message', { exact: true }).fill('See you at 10:00.');
    await seen(page, '.decision-free-form', 'Goes as free text');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('.message-out .ticks-delivered').waitFor();
    await phone.locator('#read').click();
    await page.locator('.message-out .ticks-read').waitFor();

    // A day later the box says so before anything is sent, and offers the way out.
    simulator.time.jump(25 * 60 * 60 * 1000);
    await page.reload();
    await page.getByLabel('Message', { exact: true }).fill('Are you there?');
    await seen(page, '.decision-refuse', 'What to do');
    await page.getByRole('button', { name: 'Use a template' }).click();
    await page.getByLabel('Choose a template').selectOption('interview_reminder pt_BR');
    await page.getByLabel('Value of {{1}}').fill('Ana');
    await page.getByLabel('Value of {{2}}').fill('10:00');
    await seen(page, '.template-preview', 'Olá, Ana!');
    await seen(page, '.decision-template', 'Goes as a template');
    await page.getByRole('button', { name: 'Send' }).click();
    await seen(page, '.message-out .bubble', 'Olá, Ana!');
    await picture(page, 'dashboard-thread');
  });

  it('leads from the overview to the remedy in at most three clicks, for the ten commonest failures', async () => {
    const { url } = await openSandbox();
    const page = await open(url);
    const template = { name: 'hello_world', language: 'en_US' };
    const failures = [
      ['window-closed', { to: '5511987654321', text: 'Hello' }],
      ['template-missing', { to: '5511987654321', template: { name: 'never_made', language: 'en_US' } }],
      ...magic.map(([code, to]) => [code, { to, template }] as const),
    ] as const;
    for (const [, body] of failures) await notify(page, body);
    expect(failures).toHaveLength(10);
    for (const [code] of failures) {
      let clicks = 0;
      const click = async (place: Locator) => {
        clicks += 1;
        await place.click();
      };
      await click(page.locator(`.need a[href="#/notifications?failure=${code}"]`));
      await click(page.locator('.item').first());
      await seen(page, '.detail .failure', 'What to do');
      await seen(page, '.detail .failure', code);
      if (code === 'window-closed') await seen(page, '.timeline', 'refused');
      expect([code, clicks]).toEqual([code, Math.min(clicks, 3)]);
      await page.getByRole('link', { name: 'Overview' }).click();
    }
    await picture(page, 'dashboard-failures');
  });

  it('is closed to whoever has no key, and takes one', async () => {
    const { url, adminKey } = await openSandbox();
    const page = await openPage(
      browser,
      url,
      { extraHTTPHeaders: { 'x-forwarded-for': '203.0.113.7' }, locale: 'pt-BR' },
      '/',
    );
    await seen(page, 'h1', 'Entrar no Recado');
    await page.getByLabel('Chave de administrador').fill('errada');
    await page.getByRole('button', { name: 'Entrar' }).click();
    await page.locator('.trouble').waitFor();
    await picture(page, 'dashboard-login');
    await page.getByLabel('Chave de administrador').fill(adminKey);
    await page.getByRole('button', { name: 'Entrar' }).click();
    await seen(page, 'h1', 'Está tudo bem.');
    await page.getByRole('button', { name: 'Sair' }).click();
    await seen(page, 'h1', 'Entrar no Recado');
  });

  it('works from the keyboard alone', async () => {
    const { url, simulator } = await openSandbox();
    await simulator.person('558587654321').sends({ kind: 'text', body: 'Hi' });
    const page = await open(url);
    await tabTo(page, 'a[href="#/conversations"]');
    await page.keyboard.press('Enter');
    await page.locator('.conversation').waitFor();
    await tabTo(page, '.conversation');
    await page.keyboard.press('Enter');
    await page.locator('.answer textarea').waitFor();
    await tabTo(page, '.answer textarea');
    await page.keyboard.type('Hello');
    await page.keyboard.press('Enter');
    await page.locator('.message-out .ticks-delivered').waitFor();
  });

  it('shows events as they come, stands still on request, and shows one from both sides', async () => {
    const { url, simulator } = await openSandbox();
    const page = await open(url);
    await page.getByRole('link', { name: 'Events' }).click();
    await seen(page, '.empty', 'Nothing has happened yet');
    await simulator.person('558587654321').sends({ kind: 'text', body: 'First' });
    await page.locator('.item').filter({ hasText: 'First' }).click();
    await seen(page, '.side-of >> nth=1', '"body": "First"');
    await page.getByRole('button', { name: 'Pause' }).click();
    await simulator.person('558587654321').sends({ kind: 'text', body: 'Second' });
    await seen(page, '.list-note', 'wait');
    expect(await page.locator('.item').filter({ hasText: 'Second' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.locator('.item').filter({ hasText: 'Second' }).waitFor();
    await page.getByLabel('Kind').selectOption('status');
    await seen(page, '.empty', 'None is of this kind');
  });

  it('stops all sending, changes a setting, makes a key and revokes it, and says who did', async () => {
    const { url } = await openSandbox();
    const page = await open(url);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Stop all sending' }).click();
    await seen(page, '.brake-on', 'Nothing is sent.');
    await page.getByRole('button', { name: 'Start sending again' }).click();
    await seen(page, '.brake', 'Messages go out.');
    await page.getByRole('button', { name: 'Change: unknownPatience' }).click();
    await page.getByLabel('New value of unknownPatience').fill('never mind');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.setting .trouble').waitFor();
    await page.getByLabel('New value of unknownPatience').fill('20 min');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Back to the default: unknownPatience' }).waitFor();
    await page.getByLabel('Name of the program').fill('Shop');
    await page.getByRole('button', { name: 'Make a key' }).click();
    await seen(page, '.settings .decision', 'shown only now');
    await page.getByRole('button', { name: 'Revoke: Shop' }).click();
    await page.getByRole('button', { name: 'Really revoke it: Shop' }).click();
    await seen(page, '.settings', 'revoked');
    await page.reload();
    await seen(page, '.audit', 'api-key.revoked');
  });

  it('renders whatever comes from WhatsApp as text, on every page', async () => {
    const { url, simulator } = await openSandbox();
    const hostile = hostileTexts[1] ?? '';
    const person = simulator.person('5511987650000', { name: hostile.slice(0, 60) });
    for (const text of hostileTexts) await person.sends({ kind: 'text', body: text });
    await person.sendsLocation({ latitude: -23.5, longitude: -46.6, name: hostile, address: hostile });
    const page = await open(url);
    await notify(page, { to: '5511987650000', text: hostile, reference: hostile });
    await notify(page, { to: hostile.slice(0, 60), text: hostile, reference: hostile });

    await page.getByRole('link', { name: 'Conversations' }).click();
    await page.locator('.conversation').first().click();
    for (const text of hostileTexts.slice(0, 5)) await seen(page, '.message-in .bubble', text);
    const struck: string[] = [];
    for (const path of allPages) {
      await page.evaluate(`location.hash = '#/${path}'`);
      await page.locator(`.content-${path} h1`).first().waitFor();
      const first = page.locator('.conversation, .item').first();
      if (pagesWithLists.has(path)) {
        await first.click();
        await page.locator('.bubble, .detail h1').first().waitFor();
      }
      const inside = await page.locator('#page :is(img, script, details:not(.check *), table, math)').count();
      const done = await page.evaluate('window.struck');
      if (inside > 0 || done !== undefined) struck.push(path);
    }
    expect(struck).toEqual([]);
  });

  it.each([
    [390, 844, 'light', 'pt-BR'],
    [390, 844, 'dark', 'en-GB'],
    [1440, 900, 'light', 'en-GB'],
    [1440, 900, 'dark', 'pt-BR'],
  ] as const)(
    'fits %i × %i pixels, %s, in %s, and nobody is kept out',
    async (width, height, colorScheme, locale) => {
      const { url, simulator } = await openSandbox();
      await simulator.person('558587654321').sends({ kind: 'text', body: 'Hi' });
      const page = await open(url, { viewport: { width, height }, colorScheme, locale });
      await notify(page, { to: '558587654321', text: 'Hello' });
      await notify(page, { to: '5511987654321', text: 'Hello' });
      await page.locator('.need').waitFor();
      const faults: string[] = [];
      for (const path of allPages) {
        await page.evaluate(`location.hash = '#/${path}'`);
        await page.locator(`.content-${path} h1`).waitFor();
        const first = page.locator('.conversation, .item').first();
        if (pagesWithLists.has(path)) {
          await picture(page, `dashboard-${width}-${colorScheme}-${path}-list`);
          await first.click();
          await page.locator('.bubble, .detail h1').first().waitFor();
        }
        faults.push(...(await faultsOf(page)).map((fault) => `${path}: ${fault}`));
        await picture(page, `dashboard-${width}-${colorScheme}-${path}`);
      }
      expect(faults).toEqual([]);
    },
  );
});

/** Asks the API from the page, as the page's own session. */
async function notify(page: Page, body: object): Promise<void> {
  await page.evaluate(async (sent) => {
    await fetch('/v1/notifications', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(sent),
    });
  }, body);
}

/**
 * What is wrong with the layout, the labels, and by the rules of axe, each with its place. The phone in its frame is
 * the sandbox's page, tested there.
 */
async function faultsOf(page: Page): Promise<string[]> {
  // The debugger brings axe past the page's policy, which would refuse it as a script of the page, rightly.
  await page.evaluate(`${axe}; undefined`);
  const found: unknown =
    await page.evaluate(`axe.run({ exclude: ['iframe'] }, { iframes: false }).then((result) => [
    ...pageFaults.layoutFaults(),
    ...pageFaults.unlabelled(),
    ...result.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 200))),
  ])`);
  return Array.isArray(found) ? found.map(String) : ['axe said nothing'];
}

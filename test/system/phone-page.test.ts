import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/run-sandbox.ts';
import {
  launchBrowser,
  mayBeSkipped,
  missing,
  openBoard,
  openSandbox,
  picture,
  seen,
} from './sandbox-browser.ts';

if (missing !== null && mayBeSkipped) console.warn(`SKIPPED: the phone of the sandbox. ${missing}.`);

const ana = '558587654321';

describe.skipIf(missing !== null && mayBeSkipped)('the phone of the sandbox', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => browser?.close());

  it('opens the window, taps a button, jumps 25 hours, and meets #131047 with its remedy', async () => {
    const { url } = await openSandbox();
    const page = await openBoard(browser, url);
    await seen(page, '#window', 'No window yet');
    await page.locator('#say-hi').click();
    await seen(page, '#window', 'Window open for another 23 h 59 min');

    await page.locator('#notify').getByRole('radio', { name: 'Template' }).check();
    await page.locator('#template').selectOption({ label: 'interview_invitation (en_US)' });
    await page.getByRole('button', { name: 'Send notification' }).click();
    await seen(page, '#messages .in', 'Hello Ana, we would like to meet you tomorrow at 10:00.');
    await seen(page, '#messages .bubble-header', 'Your interview');
    await picture(page, 'journey-template');
    await page.getByRole('button', { name: 'I will come' }).click();
    await seen(page, '#messages .out .bubble-text', 'I will come');
    await seen(page, '#messages .out .quotation', 'Hello Ana');
    await seen(page, '#feed .event[data-kind=message]', 'Ana Souza sent: button');
    await seen(page, '.story .state', 'read');

    await page.getByRole('button', { name: 'Jump 25 hours ahead' }).click();
    await seen(page, '#window', 'Window closed 1 h 0 min ago');
    await seen(page, '#contacts', 'window closed');
    await page.locator('#notify').getByRole('radio', { name: 'Text' }).check();
    await page.getByRole('button', { name: 'Send notification' }).click();
    await seen(page, '.story .failure-code', '#131047 · window-closed');
    expect(await page.locator('.story').first().innerText()).toMatch(/What to do[\s\S]*template/);
    await picture(page, 'journey-131047');
  });

  it('moves time: stops it, lets it run fast, and goes back to real speed', async () => {
    const { url, simulator } = await openSandbox();
    const page = await openBoard(browser, url);
    const pressed = (name: string) =>
      page.getByRole('button', { name, exact: true, pressed: true }).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await pressed('Pause');
    expect(simulator.time.paused).toBe(true);
    const before = simulator.time.now();
    await page.getByRole('button', { name: 'Jump 7 days ahead' }).click();
    await expect.poll(() => simulator.time.now() - before).toBe(7 * 24 * 3_600_000);
    await page.getByRole('button', { name: '×60' }).click();
    await pressed('×60');
    expect(simulator.time.speed).toBe(60);
    await page.getByRole('button', { name: 'Real speed' }).click();
    await pressed('Real speed');
    expect(simulator.time.speed).toBe(1);
    expect(simulator.time.paused).toBe(false);
  });

  it('sends and shows every kind of message, by day and by night, on a screen and on a phone', async () => {
    const sandbox = await openSandbox();
    const page = await openBoard(browser, sandbox.url);
    await page.locator('#say-hi').click();
    await seen(page, '#window', 'Window open');
    for (const sample of ['Picture', 'Voice message', 'Document', 'Sticker']) {
      await attach(page, sample);
    }
    await attach(page, 'Location …');
    await page.locator('#sheet').getByRole('button', { name: 'Send' }).click();
    await seen(page, '#messages .bubble-place', 'Avenida Paulista');
    await attach(page, 'Contact card …');
    await page.locator('#sheet').getByRole('button', { name: 'Send' }).click();
    await seen(page, '#messages .bubble-card', 'Carla Dias');
    await page.waitForFunction(
      "[...document.querySelectorAll('#messages img')].length === 2 && [...document.querySelectorAll('#messages img')].every((image) => image.naturalWidth > 100)",
    );
    await page.waitForFunction("document.querySelector('#messages audio').duration > 2");
    expect(
      sandbox.simulator
        .person(ana)
        .messages()
        .map(({ kind }) => kind),
    ).toEqual(['text', 'image', 'audio', 'document', 'sticker', 'location', 'contacts']);

    await page.getByRole('button', { name: 'Reply or react to: Hi' }).click();
    await page.locator('#sheet').getByRole('button', { name: 'Reply' }).click();
    await page.locator('#compose-text').fill('Did you get this?');
    await page.keyboard.press('Enter');
    await seen(page, '#messages .quotation', 'Hi');

    for (const body of fromTheBusiness) await sendByGraph(sandbox, body);
    await page.locator('#messages .bubble-away').waitFor();
    await page.getByRole('button', { name: 'Tomorrow' }).click();
    await seen(page, '#messages .out', 'Tomorrow');
    await page.getByRole('button', { name: '☰ See times' }).click();
    await seen(page, '#sheet', '10:00');
    await picture(page, 'kinds-list');
    await page.locator('#sheet').getByRole('button', { name: '10:00' }).click();
    await seen(page, '#messages .out', '10:00');
    await page.getByRole('button', { name: 'Reply or react to: Pick a time.' }).click();
    await page.getByRole('button', { name: 'React with 👍' }).click();
    await seen(page, '#messages .in .reactions', '👍');
    const link = page.locator('#messages a.choice');
    expect(await link.getAttribute('rel')).toContain('noopener');
    expect(await link.getAttribute('href')).toBe('https://www.example.com/way');
    expect(await page.evaluate('pageFaults.layoutFaults()')).toEqual([]);
    await picture(page, 'kinds-end');

    for (const [name, width, height] of [
      ['screen', 1440, 900],
      ['phone', 390, 844],
    ] as const) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const other = await openBoard(browser, sandbox.url, { viewport: { width, height }, colorScheme });
        await seen(other, '#messages .reactions', '👍');
        expect(await other.evaluate('pageFaults.layoutFaults()')).toEqual([]);
        expect(await other.evaluate('pageFaults.unlabelled()')).toEqual([]);
        await picture(other, `kinds-${name}-${colorScheme}`);
        await other.locator('#messages .bubble-place').scrollIntoViewIfNeeded();
        await picture(other, `kinds-${name}-${colorScheme}-middle`);
        await other.locator('#messages .bubble-image').scrollIntoViewIfNeeded();
        await picture(other, `kinds-${name}-${colorScheme}-top`);
        await other.getByRole('button', { name: 'Send something else' }).click();
        expect(await other.evaluate('pageFaults.layoutFaults()')).toEqual([]);
        await picture(other, `kinds-${name}-${colorScheme}-attach`);
        await other.keyboard.press('Escape');
        await other.getByRole('button', { name: 'What this person can do' }).click();
        await picture(other, `kinds-${name}-${colorScheme}-menu`);
      }
    }
  });

  it('blocks, changes number, takes a username, calls, and is made under either spelling', async () => {
    const { url, simulator } = await openSandbox();
    const page = await openBoard(browser, url);
    await page.locator('#say-hi').click();
    await seen(page, '#window', 'Window open');
    const choose = async (name: string) => {
      await page.getByRole('button', { name: 'What this person can do' }).click();
      await page.locator('#sheet').getByRole('button', { name }).click();
    };
    await choose('Block your business');
    await seen(page, '#phone-note', 'Ana Souza has blocked your business');
    await choose('Unblock your business');
    await page.locator('#phone-note').waitFor({ state: 'hidden' });
    await choose('Stop marketing messages');
    await choose('Call your business');
    await choose('Take a username');
    await page.locator('#sheet').getByRole('button', { name: 'Take a username' }).click();
    await seen(page, '#person-number', '@ana.souza');
    await choose('Change number');
    await page.getByLabel('Number with country code').first().fill('+55 85 91111-2222');
    await page.locator('#sheet').getByRole('button', { name: 'Change number' }).click();
    await seen(page, '#person-number', '+55 85 91111 2222');
    await seen(page, '#messages .out', 'Hi');
    expect(await page.locator('#people .person').count()).toBe(2);

    await page.getByRole('button', { name: 'Add a person' }).click();
    await page.locator('#new-name').fill('Davi Reis');
    await page.locator('#new-number').fill('+55 71 98888-7777');
    await page.getByRole('radio', { name: 'without the ninth digit' }).check();
    await picture(page, 'spellings');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await seen(page, '#person-number', '+55 71 8888 7777');
    expect(simulator.people().map(({ waId }) => waId)).toContain('557188887777');
  });
});

/** Presses a line of the sheet behind the plus sign, and waits until a bubble more is there or a form is open. */
async function attach(page: Page, line: string): Promise<void> {
  const before = await page.locator('#messages .message').count();
  await page.getByRole('button', { name: 'Send something else' }).click();
  await page.locator('#sheet').getByRole('button', { name: line }).click();
  if (line.endsWith('…')) return;
  await page.locator('#messages .message').nth(before).waitFor();
}

/** What only a call of the Graph API can send. */
const fromTheBusiness = [
  { type: 'image', image: { link: 'https://files.example.com/plan.jpg', caption: 'The plan' } },
  {
    type: 'interactive',
    interactive: {
      type: 'button',
      body: { text: 'When shall we meet?' },
      action: {
        buttons: [
          { type: 'reply', reply: { id: 'today', title: 'Today' } },
          { type: 'reply', reply: { id: 'tomorrow', title: 'Tomorrow' } },
        ],
      },
    },
  },
  {
    type: 'interactive',
    interactive: {
      type: 'cta_url',
      body: { text: 'This is the way.' },
      action: {
        name: 'cta_url',
        parameters: { display_text: 'Open it', url: 'https://www.example.com/way' },
      },
    },
  },
  {
    type: 'interactive',
    interactive: {
      type: 'list',
      header: { type: 'text', text: 'Interview' },
      body: { text: 'Pick a time.' },
      footer: { text: 'Brasília time' },
      action: {
        button: 'See times',
        sections: [
          {
            title: 'Morning',
            rows: [
              { id: 't-09', title: '09:00', description: 'With Paula' },
              { id: 't-10', title: '10:00', description: 'With Rui' },
            ],
          },
        ],
      },
    },
  },
];

async function sendByGraph({ graphUrl, simulator }: Sandbox, message: object): Promise<void> {
  const { phoneNumberId, accessToken } = simulator.settings;
  const answer = await fetch(`${graphUrl}/v25.0/${phoneNumberId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messaging_product: 'whatsapp', to: ana, ...message }),
  });
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('wamid.')]);
}

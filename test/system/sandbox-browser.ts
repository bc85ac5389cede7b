import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { runSandbox } from '../../src/sandbox/run-sandbox.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { appSecret, testConfig } from '../support/test-config.ts';

const chromiumPath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
/** Why there is no browser to test with; null when there is one. */
export const missing = isExecutable(chromiumPath)
  ? null
  : `${chromiumPath} is not there: apt-get install -y chromium, or set CHROMIUM_PATH`;
export const mayBeSkipped = process.env['CI'] !== 'true';

export const pageFaults = fileURLToPath(new URL('./page-faults.js', import.meta.url));

/** Where pictures of the pages go, to be looked at; none are taken when it is not set. */
const pictures = process.env['RECADO_PICTURES'];

/** Starts Chromium; it reaches nothing but this machine. */
export async function launchBrowser(): Promise<Browser> {
  if (missing !== null) throw new Error(missing);
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP rebound.example 127.0.0.1',
    ],
  });
}

/** A sandbox of the test's own. */
export async function openSandbox(http = { host: '127.0.0.1', port: 0 }, folder = temporaryFolder()) {
  const config = testConfig(folder, { adminKey: null, http });
  const sandbox = await runSandbox(config, {
    simulator: { latency: 0, appSecret },
    writeLog: () => undefined,
  });
  onTestFinished(() => sandbox.close());
  return { ...sandbox, folder };
}

/** A page of the test's own; the test fails for whatever the browser had to complain about. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
  path = '/sandbox',
) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`a dialog opened: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) complaints.push(request.url());
  });
  page.on('console', (message) => {
    // A refusal is an answer with a status of its own, which Chromium reports as a line like any failed load.
    const refused = /status of (400|401|403|409|422) /.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !refused) complaints.push(message.text());
  });
  await page.addInitScript({ path: pageFaults });
  onTestFinished(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });
  await page.goto(`${url}${path}`);
  return page;
}

/** The sandbox page, connected. */
export async function openBoard(browser: Browser, url: string, options: BrowserContextOptions = {}) {
  const page = await openPage(browser, url, options);
  await page.locator('#connection[data-state=connected]').waitFor();
  return page;
}

/** Resolves once the place shows the words. */
export async function seen(page: Page, selector: string, words: string): Promise<void> {
  await page.locator(selector).filter({ hasText: words }).first().waitFor();
}

export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if ((await page.locator(`${selector}:focus`).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The Tab key never reached ${selector}.`);
}

export async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

import {
  appendFileSync,
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { runRecado } from '../support/run-recado.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { businessPhone } from '../support/test-config.ts';

const appSecret = '9f8e7d6c5b4a39281706f5e4d3c2b1a0';
const otherSecret = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';

function envOf(folder: string): NodeJS.Dict<string> {
  return parseEnv(readFileSync(join(folder, '.env'), 'utf8'));
}

function modeOf(file: string): number {
  return statSync(file).mode & 0o777;
}

describe('recado init', () => {
  it('makes .env from nothing and says what to paste in Meta’s console', async () => {
    const folder = temporaryFolder();
    const run = await runRecado(folder, ['init', '--public-url', 'https://api.example.com/']);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });

    const values = envOf(folder);
    expect(values).toEqual({
      PUBLIC_URL: 'https://api.example.com/',
      META_WEBHOOK_VERIFY_TOKEN: expect.stringMatching(/^[0-9a-f]{64}$/),
      RECADO_ADMIN_KEY: expect.stringMatching(/^rk_[\w-]{43}$/),
      RECADO_ENCRYPTION_KEY: expect.stringMatching(/^[0-9a-f]{64}$/),
      META_REGISTRATION_PIN: expect.stringMatching(/^\d{6}$/),
    });
    expect(modeOf(join(folder, '.env'))).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['.env']);

    expect(run.stdout).toContain('  Callback URL   https://api.example.com/webhooks/whatsapp/\n');
    expect(run.stdout).toContain(`  Verify token   ${values.META_WEBHOOK_VERIFY_TOKEN}\n`);
    expect(run.stdout).toContain('  Webhook field  messages');
    expect(run.stdout).toContain('There is no field message_status: delivery statuses come with messages.');
    expect(run.stdout).toContain('META_APP_SECRET: The signature of webhooks cannot be checked');
    expect(run.stdout).toMatch(/\nNext: npx recado serve .*\n$/);
    expect(run.stdout).not.toContain(values.RECADO_ADMIN_KEY);
    expect(run.stdout).not.toContain(values.RECADO_ENCRYPTION_KEY);
    expect(run.stdout).not.toContain(values.META_REGISTRATION_PIN);
  });

  it('adds to the .env of the old guide what is missing, and leaves every line of it', async () => {
    const folder = temporaryFolder();
    const before =
      '# Django\r\nSECRET_KEY="with # and spaces"\r\n\r\nMETA_APP_SECRET=\r\n# Add this line to your .env file\r\nMETA_WEBHOOK_VERIFY_TOKEN=5d41402abc4b2a76b9719d911017c592';
    writeFileSync(join(folder, '.env'), before, { mode: 0o644 });
    const run = await runRecado(folder, [
      'init',
      '--yes',
      '--no-ask-meta',
      ...[
        '--app-secret',
        appSecret,
        '--access-token',
        'EAAGpretendpretend',
        '--phone-number-id',
        '200100200100200',
      ],
      ...['--waba-id', '300100300100300', '--app-id', '400100400100400'],
    ]);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });

    const after = readFileSync(join(folder, '.env'), 'utf8');
    const filled = before.replace('META_APP_SECRET=\r\n', `META_APP_SECRET=${appSecret}\r\n`);
    expect(after.startsWith(`${filled}\r\n`)).toBe(true);
    expect(after.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(envOf(folder)).toMatchObject({
      SECRET_KEY: 'with # and spaces',
      META_WEBHOOK_VERIFY_TOKEN: '5d41402abc4b2a76b9719d911017c592',
      META_ACCESS_TOKEN: 'EAAGpretendpretend',
      META_WABA_ID: '300100300100300',
    });
    expect(run.stdout).toContain('Verify token   5d41402abc4b2a76b9719d911017c592');
    expect(run.stdout).not.toContain('Still missing');
    expect(run.stdout).not.toMatch(/9f8e7d6c|EAAG/);
    expect(run.stdout).toContain('Only you can read');
    expect(modeOf(join(folder, '.env'))).toBe(0o600);
  });

  it('changes nothing the second time', async () => {
    const folder = temporaryFolder();
    await runRecado(folder, ['init', '--yes']);
    const first = readFileSync(join(folder, '.env'), 'utf8');
    const run = await runRecado(folder, ['init', '--yes']);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.stdout).toContain('nothing to add');
    expect(readFileSync(join(folder, '.env'), 'utf8')).toBe(first);
  });

  it('keeps a value that is there and says so, until told to replace it', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.env'), `META_APP_SECRET=${appSecret} # the first app\n`);
    const kept = await runRecado(folder, ['init', '--app-secret', otherSecret]);
    expect(kept.stdout).toContain(
      'META_APP_SECRET has a value, which stays. To change it: --replace META_APP_SECRET',
    );
    expect(envOf(folder).META_APP_SECRET).toBe(appSecret);

    const token = envOf(folder).META_WEBHOOK_VERIFY_TOKEN;
    const flags = ['--app-secret', otherSecret, '--replace', 'META_APP_SECRET', 'META_WEBHOOK_VERIFY_TOKEN'];
    const replaced = await runRecado(folder, ['init', ...flags, '--json']);
    expect(JSON.parse(replaced.stdout)).toMatchObject({
      written: ['META_APP_SECRET', 'META_WEBHOOK_VERIFY_TOKEN'],
      kept: [],
      verifyToken: envOf(folder).META_WEBHOOK_VERIFY_TOKEN,
    });
    expect(readFileSync(join(folder, '.env'), 'utf8')).toContain(
      `META_APP_SECRET=${otherSecret} # the first app\n`,
    );
    expect(envOf(folder).META_WEBHOOK_VERIFY_TOKEN).not.toBe(token);
  });

  it('keeps permissions that are stricter, and a symbolic link', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'real.env'), 'A=1\n');
    chmodSync(join(folder, 'real.env'), 0o400);
    symlinkSync('real.env', join(folder, '.env'));
    await runRecado(folder, ['init', '--yes']);
    expect(modeOf(join(folder, 'real.env'))).toBe(0o400);
    expect(readFileSync(join(folder, 'real.env'), 'utf8')).toMatch(/^A=1\nMETA_WEBHOOK_VERIFY_TOKEN=/);
    expect(readdirSync(folder)).toEqual(['.env', 'real.env']);
  });

  it('does not make what the environment or a file gives', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'token'), '5d41402abc4b2a76b9719d911017c592\n');
    writeFileSync(join(folder, '.env'), 'META_WEBHOOK_VERIFY_TOKEN_FILE=token\n');
    const run = await runRecado(folder, ['init', '--yes'], {
      RECADO_ADMIN_KEY: 'rk_0123456789abcdefghijklmno',
      RECADO_ENCRYPTION_KEY: '07'.repeat(32),
      META_REGISTRATION_PIN: '212834',
    });
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.stdout).toContain('Verify token   5d41402abc4b2a76b9719d911017c592');
    expect(readFileSync(join(folder, '.env'), 'utf8')).toBe('META_WEBHOOK_VERIFY_TOKEN_FILE=token\n');
  });

  it('recognises what is pasted into the wrong place, all at once, and writes nothing', async () => {
    const folder = temporaryFolder();
    const flags = [
      '--app-secret',
      'EAAGpretendpretend',
      '--phone-number-id',
      '+55 11 3210-0000',
      '--access-token',
      appSecret,
    ];
    const run = await runRecado(folder, ['init', ...flags]);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(
      'META_APP_SECRET (from --app-secret)\n  found:    •••• (18 characters): this looks like an access token',
    );
    expect(run.stderr).toContain('"+55 11 3210-0000": this looks like a phone number, not a phone number id');
    expect(run.stderr).toContain('this looks like an app secret');
    expect(run.stderr).not.toMatch(/EAAGpretend|9f8e7d6c/);
    expect(existsSync(join(folder, '.env'))).toBe(false);
  });

  it('remarks a mistake in a line that was there, and still writes', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.env'), 'PORT=http\nPUBLIC_URL=https://api.example.com\n');
    const run = await runRecado(folder, ['init', '--yes']);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.stdout).toContain('PORT (from .env): found "http"; expected a whole number');
    expect(run.stdout).toContain('https://api.example.com/webhooks/whatsapp/');
    expect(envOf(folder).META_WEBHOOK_VERIFY_TOKEN).toMatch(/^[0-9a-f]{64}$/);
  });

  it('explains a file that cannot be written or read', async () => {
    const folder = temporaryFolder();
    const nowhere = await runRecado(folder, ['init', '--dotenv', 'no-such-folder/.env']);
    expect(nowhere).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/cannot be written \(ENOENT\)\.\nNext: /),
    });
    const directory = await runRecado(folder, ['init', '--dotenv', '.']);
    expect(directory).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/cannot be read \(EISDIR\)\.\nNext: /),
    });
  });

  it('refuses a replacement that it cannot make', async () => {
    const folder = temporaryFolder();
    expect(await runRecado(folder, ['init', '--replace', 'META_APP_SECRET'])).toMatchObject({
      exitCode: 2,
      stderr:
        'Error: --replace META_APP_SECRET needs the new value.\nNext: Add --app-secret and the value.\n',
    });
    expect(await runRecado(folder, ['init', '--replace', 'PORT'])).toMatchObject({ exitCode: 2 });
  });
});

describe('recado init with an access token', () => {
  /** A pretend Meta with two numbers, and a folder whose `.env` leads to it. */
  async function metaWithTwoPhones(options: { accountIds: readonly string[] | null }) {
    const simulator = await createSimulator({
      businessPhone,
      furtherBusinessPhones: [
        { ...businessPhone, phoneNumberId: '200100200100201', displayPhoneNumber: '551132100001' },
      ],
      accessToken: 'EAAtests',
    });
    onTestFinished(() => simulator.close());
    const [token] = simulator.accounts.tokens();
    if (token === undefined) throw new Error('The simulator has a token.');
    if (options.accountIds !== null) token.accountIds = new Set(options.accountIds);
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.env'), `META_GRAPH_URL=${simulator.graphUrl}\n`);
    writeFileSync(join(folder, 'token.txt'), 'EAAtests\n');
    return { simulator, token, folder };
  }

  it('takes the secret from a file, and learns from Meta which app, account and phones it can see', async () => {
    const { folder, simulator } = await metaWithTwoPhones({ accountIds: [businessPhone.wabaId] });
    const run = await runRecado(folder, ['init', '--access-token-file', 'token.txt']);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(envOf(folder)).toMatchObject({
      META_ACCESS_TOKEN: 'EAAtests',
      META_WABA_ID: businessPhone.wabaId,
      META_APP_ID: simulator.settings.appId,
    });
    expect(run.stdout).toContain(
      'choose one with --phone-number-id:\n  200100200100200  +551132100000  Padaria',
    );
    expect(run.stdout).not.toContain('EAAtests');

    const chosen = await runRecado(folder, ['init', '--phone-number-id', '200100200100201', '--json']);
    expect(JSON.parse(chosen.stdout)).toMatchObject({
      written: ['META_PHONE_NUMBER_ID'],
      phones: [{ id: '200100200100200' }, { id: '200100200100201', wabaId: businessPhone.wabaId }],
    });
  });

  it('lists the phones of an account that is named, where Meta names none', async () => {
    const { folder } = await metaWithTwoPhones({ accountIds: null });
    const flags = ['--access-token-file', 'token.txt', '--waba-id', businessPhone.wabaId];
    const run = await runRecado(folder, ['init', ...flags, '--phone-number-id', '200100200100999']);
    expect(run.stdout).toContain('META_PHONE_NUMBER_ID is none of the business phones');
    expect(run.stdout).toContain('200100200100201');
  });

  it('takes the id where the number that people dial was given for it, and says so', async () => {
    const { folder } = await metaWithTwoPhones({ accountIds: [businessPhone.wabaId] });
    const flags = ['--access-token-file', 'token.txt', '--phone-number-id', '551132100001'];
    const run = await runRecado(folder, ['init', ...flags]);
    expect(envOf(folder)).toMatchObject({ META_PHONE_NUMBER_ID: '200100200100201' });
    expect(run.stdout).toContain(
      '551132100001 is the number that people dial; META_PHONE_NUMBER_ID is its id, 200100200100201.',
    );
  });

  it('says of a number that stands in .env where the id belongs how to correct it', async () => {
    const { folder } = await metaWithTwoPhones({ accountIds: [businessPhone.wabaId] });
    appendFileSync(join(folder, '.env'), 'META_PHONE_NUMBER_ID=551132100001\n');
    const run = await runRecado(folder, ['init', '--access-token-file', 'token.txt']);
    expect(run.stdout).toContain('--replace META_PHONE_NUMBER_ID --phone-number-id 200100200100201');
  });

  it('says that the app secret is not that of the app, whatever its form', async () => {
    const { folder, simulator } = await metaWithTwoPhones({ accountIds: [businessPhone.wabaId] });
    const flags = ['--access-token-file', 'token.txt', '--app-secret'];
    const wrong = await runRecado(folder, ['init', ...flags, 'ffffffffffffffffffffffffffffffff']);
    expect(wrong.stdout).toContain('META_APP_SECRET is not that of app 500100500100500');
    const right = [...flags, simulator.settings.appSecret, '--replace', 'META_APP_SECRET'];
    expect((await runRecado(folder, ['init', ...right])).stdout).not.toContain('is not that of app');
  });

  it('asks Meta with the token that stays, not with one that is given in vain', async () => {
    const { folder } = await metaWithTwoPhones({ accountIds: [businessPhone.wabaId] });
    appendFileSync(join(folder, '.env'), 'META_ACCESS_TOKEN=EAAold\n');
    const run = await runRecado(folder, ['init', '--access-token-file', 'token.txt']);
    expect(run.stdout).toContain('META_ACCESS_TOKEN has a value, which stays.');
    expect(run.stdout).toMatch(/Meta does not take the access token\. It says: #190 /);
    expect(envOf(folder)).not.toHaveProperty('META_WABA_ID');
  });

  it('says what is not good about the token, and still writes', async () => {
    const { folder, token } = await metaWithTwoPhones({ accountIds: [businessPhone.wabaId] });
    token.kind = 'temporary';
    token.expiresAt = Date.now() + 60 * 60_000;
    token.scopes.delete('whatsapp_business_messaging');
    const flags = ['--access-token-file', 'token.txt', '--app-id', '999100999100999'];
    const run = await runRecado(folder, ['init', ...flags]);
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('The access token is a person’s');
    expect(run.stdout).toMatch(/The access token expires at 20\d\d-/);
    expect(run.stdout).toContain('lacks whatsapp_business_messaging');
    expect(run.stdout).toContain('belongs to the app 500100500100500, and META_APP_ID is 999100999100999');
  });

  it('goes on without Meta, and says so', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.env'), 'META_GRAPH_URL=http://127.0.0.1:9\nMETA_ACCESS_TOKEN=EAAtests\n');
    const run = await runRecado(folder, ['init']);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.stdout).toContain('Meta could not be asked what the access token can see');
  });

  it('refuses two places for one secret, and a file that is not there', async () => {
    const folder = temporaryFolder();
    const both = await runRecado(folder, ['init', '--access-token', 'EAAx', '--access-token-file', 'x']);
    expect(both).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('are both given') });
    const none = await runRecado(folder, ['init', '--app-secret-file', 'none.txt']);
    expect(none).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('ENOENT') });
  });
});

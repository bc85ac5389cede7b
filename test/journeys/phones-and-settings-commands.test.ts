import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprintSecret } from '../../src/whatsapp/signature.ts';
import { runRecado } from '../support/run-recado.ts';
import { runGateway } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { adminKey, businessPhoneId } from '../support/test-config.ts';

const token = 'EAAtokenOfRecife';
const secret = '00112233445566778899aabbccddeeff';

/** A running gateway, and the command line of somebody who may use it. */
async function commandLine() {
  const running = await runGateway();
  const folder = temporaryFolder();
  const environment = { RECADO_URL: running.gateway.url, RECADO_ADMIN_KEY: adminKey };
  return { running, folder, recado: (...words: string[]) => runRecado(folder, words, environment) };
}

describe('recado phones', () => {
  it('adds, shows, changes, makes default and removes', async () => {
    const { folder, recado } = await commandLine();
    writeFileSync(join(folder, 'token.txt'), `${token}\n`);
    writeFileSync(join(folder, 'secret.txt'), `${secret}\n`);
    const added = await recado(
      'phones',
      'add',
      '200100200100201',
      '--label',
      'Recife',
      '--access-token-file',
      'token.txt',
      '--app-secret-file',
      'secret.txt',
    );
    expect(added).toMatchObject({ exitCode: 0, stderr: '' });
    expect(added.stdout).toContain(
      `Sends with token ${fingerprintSecret(token)}; webhooks signed by ${fingerprintSecret(secret)}.`,
    );
    expect(added.stdout).toContain('Next: ');
    expect(added.stdout).not.toMatch(/EAAtoken|00112233/);

    const list = await recado('phones', 'list');
    expect(list.stdout).toMatch(/200100200100200 +\w{8} \(\.env\) +ours, default\n/);
    expect(list.stdout).toMatch(/200100200100201 +Recife +\w{8} +ours\n/);

    expect(await recado('phones', 'default', '200100200100201')).toMatchObject({
      exitCode: 0,
      stdout: 'Business phone 200100200100201 is the default now.\n',
    });
    const changed = await recado('phones', 'change', '200100200100201', '--label', 'Olinda', '--json');
    expect(JSON.parse(changed.stdout)).toMatchObject({ label: 'Olinda', default: true });
    expect(await recado('phones', 'remove', '200100200100201')).toMatchObject({ exitCode: 0 });
    const rest = JSON.parse((await recado('phones', 'list', '--json')).stdout);
    expect(rest.data).toMatchObject([{ id: businessPhoneId, default: true }]);
  });

  it('ends an error with the next step', async () => {
    const { recado } = await commandLine();
    const wrong = await recado('phones', 'add', '+55 81 3210-0000', '--app-secret', 'EAAtokenOfRecife');
    expect(wrong).toMatchObject({ exitCode: 2, stdout: '' });
    expect(wrong.stderr).toContain('it is not the phone number itself');
    expect(wrong.stderr).toContain('must be an app secret: 32 hexadecimal digits');
    expect(wrong.stderr).toMatch(/\nNext: .+\n$/);
    expect(wrong.stderr).not.toContain('EAAtoken');
    expect(await recado('phones', 'remove', businessPhoneId)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/configured in the environment.*\nNext: Change META_PHONE_NUMBER_ID/),
    });
    expect(await recado('phones', 'change', businessPhoneId)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Next: npx recado phones change'),
    });
    expect(await recado('phones', 'add')).toMatchObject({ exitCode: 2 });
    expect(await recado('phones')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/Error: Say which of these\.\nNext: npx recado phones list\n$/),
    });
    expect(await recado('phones', 'change', '1', '--access-token-file', 'none.txt')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/cannot be read \(ENOENT\)\.\nNext: /),
    });
  });

  it('takes no phone number for the id of one, by the rule of META_PHONE_NUMBER_ID', async () => {
    const running = await runGateway({
      config: (config) => ({
        ...config,
        meta: { ...config.meta, graphUrl: 'https://graph.facebook.com' },
      }),
    });
    const environment = { RECADO_URL: running.gateway.url, RECADO_ADMIN_KEY: adminKey };
    const message =
      '`id` must be Meta’s phone number id, digits only (usually 15 to 17): this is the phone number +55 8587654321, not its id.';
    const answer = await running.api('POST', '/v1/business-phones', { id: '558587654321' });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'business-phone-id-wrong', errors: [{ in: 'body', path: 'id', message }] },
    });
    const run = await runRecado(temporaryFolder(), ['phones', 'add', '558587654321'], environment);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(message);
    expect(run.stderr).toMatch(/\nNext: Copy the long id: Meta console → /);
    const own = await running.api('POST', '/v1/business-phones', { id: '200100200100201' });
    expect(own.status).toBe(201);
  });

  it('says in words that a phone without any token cannot send', async () => {
    const running = await runGateway({
      config: (config) => ({ ...config, meta: { ...config.meta, accessToken: null } }),
    });
    const environment = { RECADO_URL: running.gateway.url, RECADO_ADMIN_KEY: adminKey };
    const run = await runRecado(temporaryFolder(), ['phones', 'add', '200100200100201'], environment);
    expect(run.stdout).toContain('It cannot send yet, because there is no access token; webhooks signed by ');
  });

  it('sends from the phone that is named', async () => {
    const { running, recado } = await commandLine();
    await running.api('POST', '/v1/business-phones', { id: '200100200100201', label: 'Recife' });
    const template = ['--template', 'hello_world', '--language', 'en_US'];
    const sent = await recado(
      'send',
      '--to',
      '558587654321',
      ...template,
      '--business-phone',
      '200100200100201',
      '--json',
    );
    expect(JSON.parse(sent.stdout)).toMatchObject({ businessPhoneId: '200100200100201' });
  });
});

describe('recado settings', () => {
  it('lists, decides, shows and resets', async () => {
    const { recado } = await commandLine();
    const list = await recado('settings', 'list');
    expect(list).toMatchObject({ exitCode: 0, stderr: '' });
    expect(list.stdout).toMatch(/^unknownPatience +15 min\n {2}How long /m);
    expect(list.stdout).toMatch(/\ndefaultFallback +none\n/);

    expect((await recado('settings', 'set', 'unknownPatience', '20 min')).stdout).toMatch(
      /^unknownPatience: 20 min\nDecided by RECADO_ADMIN_KEY at .*; the default is 15 min\.\n/,
    );
    expect((await recado('settings', 'set', 'defaultFallback', 'interview_reminder:pt_BR')).stdout).toMatch(
      /^defaultFallback: interview_reminder:pt_BR\n/,
    );
    const got = await recado('settings', 'get', 'defaultFallback', '--json');
    expect(JSON.parse(got.stdout)).toMatchObject({
      value: { name: 'interview_reminder', language: 'pt_BR' },
    });
    const words = await recado('settings', 'set', 'optOutWords', 'Não quero mais, Fora da lista');
    expect(words.stdout).toMatch(/^optOutWords: Não quero mais, Fora da lista\n.*; the default is none\.\n/);
    expect((await recado('settings', 'reset', 'defaultFallback')).stdout).toMatch(
      /^defaultFallback: none\nThis is the default\.\n/,
    );
  });

  it('ends an error with the next step', async () => {
    const { recado } = await commandLine();
    const wrong = await recado('settings', 'set', 'unknownPatience', 'a while');
    expect(wrong).toMatchObject({ exitCode: 2, stdout: '' });
    expect(wrong.stderr).toContain('`unknownPatience` must be a time from 1 min to 7 d');
    expect(wrong.stderr).toMatch(/\nNext: npx recado settings set --help\n$/);
    expect(await recado('settings', 'get', 'holidays')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('There are: sendingStopped, unknownPatience,'),
    });
    expect(await recado('settings', 'set', 'unknownPatience')).toMatchObject({ exitCode: 2 });
  });

  it('names the typed form of a template', async () => {
    const { recado } = await commandLine();
    const wrong = await recado('settings', 'set', 'defaultFallback', 'foo');
    expect(wrong).toMatchObject({ exitCode: 2, stdout: '' });
    expect(wrong.stderr).toContain('defaultFallback takes a template as name:language');
    expect(wrong.stderr).toMatch(
      /\nNext: npx recado settings set defaultFallback interview_reminder:pt_BR\n$/,
    );
  });
});

describe('what was typed wrongly', () => {
  const cases = [
    [['settings', 'set', 'unknownPatience', '5'], 'settings set'],
    [['settings', 'set', 'nope', '3'], 'settings set'],
    [['contacts', '--after', 'nope'], 'contacts'],
    [['phones', 'add', 'abc'], 'phones add'],
    [['send', '--to', '558587654321', '--text', ''], 'send'],
  ] as const;
  it('ends with exit code 2 and the command’s own help when the gateway finds it', async () => {
    const { recado } = await commandLine();
    for (const [words, command] of cases) {
      const run = await recado(...words);
      expect(run, words.join(' ')).toMatchObject({ exitCode: 2, stdout: '' });
      expect(run.stderr).toMatch(new RegExp(`\\nNext: npx recado ${command} --help\\n$`));
      expect(run.stderr).not.toContain('openapi.json');
    }
  });
});

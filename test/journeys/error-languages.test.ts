import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { failureText } from '../../src/domain/failure-text.ts';
import { isJsonObject } from '../../src/domain/json.ts';
import { errorFamilies } from '../../src/whatsapp/error-catalogue.ts';
import { runRecado } from '../support/run-recado.ts';
import { runGateway, textMessage, webhookOf } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { adminKey } from '../support/test-config.ts';

const portuguese = { 'accept-language': 'pt-BR,pt;q=0.9,en;q=0.8' };
const windowClosed = failureText('window-closed', 'pt-BR');

type ShownNotification = { id: string; failure: { code: string; title: string; remedy: string } | null };
type ShownProblem = { code: string; title: string; remedy: string; notificationId: string };

/** A gateway whose notification fails, since Meta, unlike the gateway, never heard of the person's message. */
async function runningWithFailure() {
  const running = await runGateway();
  const now = Math.floor(Date.now() / 1000);
  await running.post(webhookOf({ messages: [textMessage('wamid.one', '558587654321', 'Oi', now)] }));
  await running.settle();
  running.simulator.person('558587654321');
  const { body } = await running.api<{ id: string }>('POST', '/v1/notifications', {
    to: '558587654321',
    text: 'Oi',
  });
  await running.settle();
  return { ...running, gateway: running.gateway, id: body.id };
}

describe('a failure', () => {
  it('is told in the language that the request asks for, and is stored in none', async () => {
    const { api, id } = await runningWithFailure();
    const path = `/v1/notifications/${id}`;
    const inPortuguese = await api<ShownNotification>('GET', path, undefined, portuguese);
    expect(inPortuguese.body.failure).toMatchObject({ code: 'window-closed', ...windowClosed });
    expect(inPortuguese.headers.get('content-language')).toBe('pt-BR');
    expect(inPortuguese.headers.get('vary')).toContain('Accept-Language');

    const inEnglish = await api<ShownNotification>('GET', path, undefined, { 'accept-language': 'fr' });
    expect(inEnglish.body.failure).toMatchObject(failureText('window-closed', 'en'));
    expect(inEnglish.headers.get('content-language')).toBe('en');

    const list = await api<{ data: ShownNotification[] }>('GET', '/v1/notifications', undefined, portuguese);
    expect(list.body.data.map(({ failure }) => failure?.title)).toEqual([windowClosed.title]);
    const conversations = await api<{ data: { id: string }[] }>('GET', '/v1/conversations');
    const thread = await api<{ data: ShownNotification[] }>(
      'GET',
      `/v1/conversations/${conversations.body.data[0]?.id}/messages`,
      undefined,
      portuguese,
    );
    expect(thread.body.data.map(({ failure }) => failure?.remedy ?? null)).toEqual([
      null,
      windowClosed.remedy,
    ]);
    expect(thread.headers.get('content-language')).toBe('pt-BR');
  });

  it('is told in a problem document in that language, too', async () => {
    const { api } = await runGateway();
    const tooLong = { to: '558587654321', text: 'x'.repeat(4_097) };
    const refused = await api<ShownProblem>('POST', '/v1/notifications', tooLong, portuguese);
    expect([refused.status, refused.headers.get('content-language')]).toEqual([422, 'pt-BR']);
    expect(refused.body).toMatchObject({ code: 'text-too-long', ...failureText('text-too-long', 'pt-BR') });
    const unknown = await api<ShownProblem>('GET', '/v1/contacts/nobody', undefined, portuguese);
    expect(unknown.body).toMatchObject({
      code: 'contact-unknown',
      title: 'Nenhum contato tem este id.',
      remedy: 'Procure o id com GET /v1/contacts.',
    });
  });
});

describe('/v1/errors', () => {
  it('explains in Portuguese what the first guide told wrongly', async () => {
    const { api } = await runGateway();
    const { body, headers } = await api<{ meaning: string; steps: string[] }>(
      'GET',
      '/v1/errors/133010',
      undefined,
      portuguese,
    );
    expect(headers.get('content-language')).toBe('pt-BR');
    expect(body.meaning).toContain('Não resolve: o webhook serve para receber mensagens e status');
    expect(body.steps.join(' ')).toContain('POST /{phone-number-id}/register');
  });
});

describe('recado show error', () => {
  it('needs no gateway, and takes the code as Meta writes it', async () => {
    const folder = temporaryFolder();
    const plain = await runRecado(folder, ['show', 'error', '133010']);
    expect(plain).toMatchObject({ exitCode: 0, stderr: '' });
    expect(plain.stdout).toContain('POST /{phone-number-id}/register');
    for (const code of ['#133010', '(#133010)']) {
      expect((await runRecado(folder, ['show', 'error', code])).stdout).toBe(plain.stdout);
    }
    const json = await runRecado(folder, ['show', 'error', 'window-closed', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      known: true,
      code: 'window-closed',
      metaCodes: [131047],
    });
  });

  it('speaks the language of the flag, else of RECADO_LANGUAGE, else of the terminal', async () => {
    const folder = temporaryFolder();
    const ask = async (words: string[], environment: Record<string, string>) =>
      (await runRecado(folder, ['show', 'error', '131047', ...words], environment)).stdout;
    const isPortuguese = expect.stringContaining('Próximo passo: Envie um modelo aprovado');
    const isEnglish = expect.stringContaining('Next: Send an approved template');
    expect(await ask(['--language', 'pt-BR'], { RECADO_LANGUAGE: 'en' })).toEqual(isPortuguese);
    expect(await ask([], { RECADO_LANGUAGE: 'pt-BR', LANG: 'en_US.UTF-8' })).toEqual(isPortuguese);
    expect(await ask([], { LANG: 'pt_BR.UTF-8' })).toEqual(isPortuguese);
    expect(await ask([], { LC_ALL: 'C', LANG: 'pt_BR.UTF-8' })).toEqual(isEnglish);
    expect(await ask([], { LC_MESSAGES: 'pt_BR', LANG: 'en_GB' })).toEqual(isPortuguese);
    const wrong = await runRecado(folder, ['show', 'error', '131047', '--language', 'fr']);
    expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('en or pt-BR') });
  });

  it('says honestly that it does not know a number, and what is no code', async () => {
    const folder = temporaryFolder();
    const unknown = await runRecado(folder, ['show', 'error', '987654', '--language', 'pt-BR']);
    expect(unknown).toMatchObject({ exitCode: 1, stdout: '' });
    expect(unknown.stderr).toMatch(
      /^Erro: O Recado não conhece o #987654\.[\s\S]*\nPróximo passo: Leia o que a Meta/,
    );
    const json = await runRecado(folder, ['show', 'error', '987654', '--json']);
    expect(json.exitCode).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({ known: false, metaCode: 987654 });
    const word = await runRecado(folder, ['show', 'error', 'weather']);
    expect(word).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('"weather" is no error code'),
    });
  });

  it('is not all that speaks Portuguese: so does what the gateway answers to a command', async () => {
    const { gateway, id } = await runningWithFailure();
    const environment = { RECADO_URL: gateway.url, RECADO_ADMIN_KEY: adminKey, LANG: 'pt_BR.UTF-8' };
    const shown = await runRecado(temporaryFolder(), ['show', id], environment);
    expect(shown.stdout).toContain(windowClosed.title);
    expect(shown.stdout).toContain(`Next: ${windowClosed.remedy}`);
    const other = await runRecado(temporaryFolder(), ['show', id, '--language', 'en'], environment);
    expect(other.stdout).toContain(failureText('window-closed', 'en').title);
  });
});

describe('the fix actions of the catalogue', () => {
  const actions = errorFamilies
    .flatMap((family) => family.entries)
    .flatMap(({ fixAction }) => fixAction ?? []);

  it.each([...new Set(actions)])('%s exists', async (action) => {
    const [first, name = '', ...rest] = action.split(' ');
    if (first !== 'recado') {
      const { gateway } = await runGateway();
      const document = await (await fetch(`${gateway.url}/openapi.json`)).json();
      const paths = isJsonObject(document) && isJsonObject(document.paths) ? document.paths : {};
      expect(paths[name]).toHaveProperty(String(first).toLowerCase());
      return;
    }
    const entry = commands.find((known) => known.name === name);
    const context = { environment: {}, folder: '', terminal: false, print() {}, remark() {} };
    const command = new Command(name);
    (await entry?.load())?.(command, context);
    const part = command.commands.find((known) => known.name() === rest[0]) ?? command;
    expect(entry?.name).toBe(name);
    const flags = [...action.matchAll(/--[a-z-]+/g)].map(([flag]) => flag);
    expect(part.options.map(({ long }) => long)).toEqual(expect.arrayContaining(flags));
    const words = rest.filter((word, index) => !word.startsWith('-') && !rest[index - 1]?.startsWith('-'));
    const subcommand = part === command ? [] : [part.name()];
    expect(words.filter((word) => !word.startsWith('<'))).toEqual(subcommand);
  });
});

import { describe, expect, it } from 'vitest';
import { pretendGateway } from '../support/pretend-gateway.ts';
import { runRecado, startRecado } from '../support/run-recado.ts';
import { type RunningGateway, runGateway, textMessage, webhookOf } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { adminKey, appSecret, businessPhoneId } from '../support/test-config.ts';
import { webhookFixture } from '../support/webhook-fixtures.ts';

const now = () => Math.floor(Date.now() / 1000);
const misleading = 'Ana\u001b[2J\u202e Souza 山田太郎 de Alencar';

/** The environment in which commands find this gateway. */
function environmentOf({ gateway }: Pick<RunningGateway, 'gateway'>): Record<string, string> {
  return { RECADO_URL: gateway.url, RECADO_ADMIN_KEY: adminKey, META_APP_SECRET: appSecret, TZ: 'UTC' };
}

async function runningWithMessage() {
  const running = await runGateway();
  await running.post(
    webhookOf({
      contacts: [{ wa_id: '558587654321', profile: { name: misleading } }],
      messages: [textMessage('wamid.one', '558587654321', 'Hi \u001b[31mthere', now())],
    }),
  );
  await running.settle();
  return running;
}

describe('recado contacts', () => {
  it('finds people by a part of the name or the number, whatever the accents and the spelling', async () => {
    const running = await runGateway();
    await running.simulator.person('558587654321', { name: 'João Araújo' }).writes('Oi');
    await running.simulator.person('5511987654321', { name: 'Bruno Lima' }).writes('Oi');
    await running.settle();
    const found = async (...words: string[]) => {
      const run = await runRecado(temporaryFolder(), ['contacts', ...words], environmentOf(running));
      return [...run.stdout.matchAll(/João Araújo|Bruno Lima/g)].map(([name]) => name);
    };
    expect(await found('--search', 'araujo')).toEqual(['João Araújo']);
    expect(await found('--search', '+55 85 98765-4321')).toEqual(['João Araújo']);
    expect(await found('--search', '7654321')).toEqual(['João Araújo', 'Bruno Lima']);
    const words = ['contacts', '--search', 'Zoé'];
    const nobody = await runRecado(temporaryFolder(), words, environmentOf(running));
    expect(nobody.stdout).toBe(
      'Nobody is known by “Zoé”.\nNext: search for a part of the name or the number, or list everybody: npx recado contacts\n',
    );
  });

  it('lists who wrote in on lines of at most 80 columns that no name can break', async () => {
    const running = await runningWithMessage();
    const run = await runRecado(temporaryFolder(), ['contacts'], environmentOf(running));
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    const [head, line, ...rest] = run.stdout.split('\n');
    expect(head).toBe('CONTACT              NAME                WHATSAPP ID      MAY BE NOTIFIED');
    expect(line).toMatch(
      /^ct_[0-9a-z]{16} {2}Ana\\u001b\[2J\\u202… {2}558587654321 {5}text until \d\d-\d\d \d\d:\d\d$/,
    );
    expect(rest).toEqual(['', `Next: npx recado show ${line?.slice(0, 19)}`, '']);
    expect(Math.max(...run.stdout.split('\n').map((text) => text.length))).toBeLessThanOrEqual(80);
  });

  it('pages, and says how to go on', async () => {
    const running = await runGateway();
    const messages = [1, 2, 3].map((index) =>
      textMessage(`wamid.${index}`, `55858765432${index}`, 'Hi', now()),
    );
    await running.post(webhookOf({ messages }));
    await running.settle();
    const environment = environmentOf(running);
    const first = await runRecado(temporaryFolder(), ['contacts', '--limit', '2', '--json'], environment);
    const page = JSON.parse(first.stdout);
    expect(page.data).toHaveLength(2);
    const words = ['contacts', '--after', page.next, '--json'];
    const second = JSON.parse((await runRecado(temporaryFolder(), words, environment)).stdout);
    expect(second).toMatchObject({ data: [{ waId: '558587654323' }], next: null });
  });

  it('names the business phone of each, when there are several', async () => {
    const running = await runGateway();
    const { status } = await running.api('POST', '/v1/business-phones', { id: '200100200100201' });
    expect(status).toBe(201);
    const phones = [businessPhoneId, '200100200100201'];
    for (const [index, phone_number_id] of phones.entries()) {
      const value = {
        metadata: { phone_number_id, display_phone_number: '551132100000' },
        messages: [textMessage(`wamid.${index}`, '558587654321', 'Hi', now())],
      };
      await running.post(webhookOf(value));
    }
    await running.settle();
    const { stdout } = await runRecado(temporaryFolder(), ['contacts'], environmentOf(running));
    for (const id of phones) expect(stdout).toContain(`\n  of business phone ${id}\n`);
  });

  it('says what to do when nobody wrote yet, and refuses a limit that is none', async () => {
    const running = await runGateway();
    const none = await runRecado(temporaryFolder(), ['contacts'], environmentOf(running));
    expect(none).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('Nobody has written in yet.'),
    });
    const wrong = await runRecado(temporaryFolder(), ['contacts', '--limit', '0'], environmentOf(running));
    expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('\nNext: ') });
  });
});

describe('recado show', () => {
  it('tells the whole story of a notification that Meta refused, and ends with the remedy', async () => {
    const running = await runningWithMessage();
    // Known to Meta, to whom this person never wrote.
    running.simulator.person('558587654321');
    const { body } = await running.api<{ id: string }>('POST', '/v1/notifications', {
      to: '558587654321',
      text: 'Hello',
      reference: 'order 17',
    });
    await running.settle();
    const run = await runRecado(temporaryFolder(), ['show', body.id], environmentOf(running));
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(new RegExp(`^${body.id}  failed\n`));
    for (const part of [
      /^To {11}558587654321 \(ct_[0-9a-z]{16}\)$/m,
      /^Says {9}Hello$/m,
      /^Reference {4}order 17$/m,
      /^Decision {5}free-form$/m,
      /^Because {6}The window is open/m,
      /^Attempt 1 {4}.*accepted after \d+ ms$/m,
      /^Status {7}.*failed: #131047/m,
      /^Failure {6}.*\(window-closed, Meta’s #131047\)$/m,
      /^Next: Send an approved template instead/m,
    ]) {
      expect(run.stdout).toMatch(part);
    }
    const json = await runRecado(temporaryFolder(), ['show', body.id, '--json'], environmentOf(running));
    expect(JSON.parse(json.stdout)).toMatchObject({ id: body.id, attempts: [{ outcome: 'accepted' }] });
  });

  it('shows a contact with the end of the thread, and an event with its payload', async () => {
    const running = await runningWithMessage();
    const environment = environmentOf(running);
    const { body } = await running.api<{ data: { id: string; contactId: string }[] }>('GET', '/v1/events');
    const [event] = body.data;
    const contact = await runRecado(temporaryFolder(), ['show', event?.contactId ?? ''], environment);
    expect(contact.stdout).toMatch(/^ct_[0-9a-z]{16} {2}Ana\\u001b\[2J\\u202e Souza 山田太郎 de Alencar$/m);
    expect(contact.stdout).toMatch(/^WhatsApp id {2}558587654321$/m);
    expect(contact.stdout).toMatch(/^Window {7}open until /m);
    expect(contact.stdout).toMatch(/ {2}they {2}Hi \\u001b\[31mthere$/m);
    expect(contact.stdout).toMatch(/^Next: npx recado send --to ct_[0-9a-z]{16} --text "Hello"$/m);

    const shown = await runRecado(temporaryFolder(), ['show', event?.id ?? ''], environment);
    expect(shown.stdout).toMatch(/^ev_[0-9a-z]{10} {2}message$/m);
    expect(shown.stdout).toContain('"id": "wamid.one"');
    expect(shown.stdout).not.toContain('\u001b');
  });

  it('says what Meta’s dashboard made up', async () => {
    const running = await runGateway();
    await running.post(webhookFixture('dashboard-test'));
    await running.settle();
    const environment = environmentOf(running);
    const { body } = await running.api<{ data: { id: string }[] }>('GET', '/v1/events');
    expect(body.data).toMatchObject([
      { metaTest: true, foreign: true, content: { content: { body: 'this is a text message' } } },
    ]);
    const shown = await runRecado(temporaryFolder(), ['show', body.data[0]?.id ?? ''], environment);
    expect(shown.stdout).toMatch(/^Says {7}from 16315551181: this is a text message$/m);
    expect(shown.stdout).toMatch(/^Test {7}made up by the "Test" link of Meta’s App Dashboard$/m);
    expect(shown.stdout).toMatch(/^Content\n {2}\{\n {4}"messageId": "ABGGFlA5Fpa",$/m);
    const words = ['listen', '--from', 'start', '--count', '1'];
    const heard = await runRecado(temporaryFolder(), words, environment);
    expect(heard.stdout).toContain('(foreign, test of Meta’s dashboard)');
  });

  it('shows with a status that failed what cures it, and which check would confirm that', async () => {
    const running = await runGateway();
    await running.post(
      webhookOf({
        statuses: [
          {
            id: 'wamid.lost',
            status: 'failed',
            timestamp: String(now()),
            recipient_id: '558587654321',
            errors: [{ code: 131042, title: 'Business eligibility payment issue' }],
          },
        ],
      }),
    );
    await running.settle();
    const { body } = await running.api<{ data: { id: string; kind: string }[] }>('GET', '/v1/events');
    const status = body.data.find(({ kind }) => kind === 'status');
    const shown = await runRecado(temporaryFolder(), ['show', status?.id ?? ''], environmentOf(running));
    expect(shown.stdout).toMatch(/^Meta #131042: .*payment/m);
    expect(shown.stdout).toMatch(/^ {2}Cure: \S.*\n {2}Confirm: npx recado doctor --only health$/m);
  });

  it('explains a code of Meta’s and one of ours, and says honestly that it does not know another', async () => {
    const environment = environmentOf(await runGateway());
    const meta = await runRecado(temporaryFolder(), ['show', 'error', '133010'], environment);
    expect(meta.stdout).toContain('Meta’s #133010: Phone number Not Registered');
    expect(meta.stdout).toMatch(/^Next: Register it once: `npx recado register`/m);
    const ours = await runRecado(
      temporaryFolder(),
      ['show', 'error', 'window-closed', '--json'],
      environment,
    );
    expect(JSON.parse(ours.stdout)).toMatchObject({ code: 'window-closed', metaCodes: [131047] });
    const unknown = await runRecado(temporaryFolder(), ['show', 'error', '987654'], environment);
    expect(unknown).toMatchObject({ exitCode: 1, stdout: '' });
    expect(unknown.stderr).toMatch(
      /^Error: Recado does not know #987654\.[\s\S]*\nNext: Read what Meta said/,
    );
  });

  it('refuses what is no id, and says that an id names nothing', async () => {
    const environment = environmentOf(await runGateway());
    expect(await runRecado(temporaryFolder(), ['show', 'foo'], environment)).toMatchObject({ exitCode: 2 });
    for (const id of ['nt_0000000000000000', 'ct_0000000000000000', 'ev_0000000009']) {
      const run = await runRecado(temporaryFolder(), ['show', id], environment);
      expect(run).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringMatching(/\nNext: .+\n$/) });
    }
  });
});

describe('recado listen', () => {
  it('prints events as they come, ends after so many, and says where to go on', async () => {
    const running = await runGateway();
    const command = startRecado(temporaryFolder(), ['listen', '--count', '1'], environmentOf(running));
    await command.prints(/Listening for new events/);
    // Until the stream is open nothing is sent to it: what comes before belongs to nobody.
    let run: Awaited<typeof command.ended> | null = null;
    command.ended.then((ended) => {
      run = ended;
    });
    for (let index = 0; run === null; index += 1) {
      await running.post(
        webhookOf({ messages: [textMessage(`wamid.${index}`, '558587654321', 'Hi', now())] }),
      );
      await new Promise((resolve) => setImmediate(resolve));
    }
    const ended = await command.ended;
    expect(ended.exitCode).toBe(0);
    expect(ended.stdout).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}message {7}from 558587654321: Hi$/m);
    expect(ended.stderr).toMatch(/^Go on later with: npx recado listen --after ev_[0-9a-z]{10}\n$/);
  });

  it('goes on behind the last event over a restart of the gateway: nothing is missed or told twice', async () => {
    const running = await runGateway();
    const port = Number(new URL(running.gateway.url).port);
    running.config.http.port = port;
    const send = (from: number, to: number) =>
      running.post(
        webhookOf({
          messages: Array.from({ length: to - from }, (_, index) =>
            textMessage(`wamid.${from + index}`, '558587654321', `number ${from + index}`, now()),
          ),
        }),
      );
    await send(0, 3);
    const words = ['listen', '--from', 'start', '--kind', 'message', '--count', '9', '--json'];
    const command = startRecado(temporaryFolder(), words, environmentOf(running));
    await command.prints(/number 2/);
    await running.restart();
    await send(3, 6);
    await command.prints(/number 5/);
    await running.restart();
    await send(6, 9);
    const { exitCode, stdout, stderr } = await command.ended;
    expect(exitCode).toBe(0);
    const texts = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).payload.text.body);
    expect(texts).toEqual(Array.from({ length: 9 }, (_, index) => `number ${index}`));
    expect(stderr).toContain('The gateway went away; going on after ev_');
    expect(stderr).toContain('The gateway is back; going on after ev_');
  });

  it('continues from a cursor with the kinds asked for, and refuses one that this feed does not have', async () => {
    const running = await runningWithMessage();
    const environment = environmentOf(running);
    const { body } = await running.api<{ data: { id: string }[] }>('GET', '/v1/events');
    const words = ['listen', '--after', body.data[0]?.id ?? '', '--count', '1', '--json'];
    await running.post(webhookOf({ messages: [textMessage('wamid.two', '558587654321', 'Again', now())] }));
    const run = await runRecado(temporaryFolder(), words, environment);
    expect(JSON.parse(run.stdout)).toMatchObject({ payload: { id: 'wamid.two' } });

    const another = await runRecado(temporaryFolder(), ['listen', '--after', 'ev_000000zzzz'], environment);
    expect(another).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('has another feed') });
    expect(another.stderr).not.toContain('Go on later');
    expect(await runRecado(temporaryFolder(), ['listen', '--kind', 'bogus'], environment)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('The kinds are message, status,'),
    });
  });

  it('ends at once when the key is wrong or nobody listens', async () => {
    const { gateway } = await runGateway();
    const wrong = await runRecado(temporaryFolder(), ['listen'], {
      RECADO_URL: gateway.url,
      RECADO_ADMIN_KEY: 'rk_not-the-key-of-this-gateway',
    });
    expect(wrong).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('api-key-wrong') });
    const gone = await runRecado(temporaryFolder(), ['listen'], {
      RECADO_URL: 'http://127.0.0.1:9',
      RECADO_ADMIN_KEY: adminKey,
    });
    expect(gone).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('\nNext: Start the gateway') });
  });
});

describe('recado trigger', () => {
  it('posts a signed sample that the gateway takes as a new event each time', async () => {
    const running = await runGateway();
    const environment = environmentOf(running);
    const words = ['trigger', 'text', '--from', '+55 11 98765-4321', '--text', 'Oi'];
    for (const _ of [1, 2]) {
      const run = await runRecado(temporaryFolder(), words, environment);
      expect(run).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(/^Answer {4}200 after \d+ ms$/m),
      });
    }
    await running.settle();
    const { body } = await running.api<{ data: object[] }>('GET', '/v1/events?kind=message');
    expect(body.data).toMatchObject([
      { businessPhoneId, payload: { from: '5511987654321', text: { body: 'Oi' } } },
      { businessPhoneId, payload: { from: '5511987654321', text: { body: 'Oi' } } },
    ]);
  });

  it('fails unless the answer is 200, and says what that answer means', async () => {
    const { gateway } = await runGateway();
    const to = `${gateway.url}/webhooks/whatsapp/`;
    const wrong = ['trigger', '--to', to, '--secret', '00000000000000000000000000000000', '--json'];
    const refused = await runRecado(temporaryFolder(), wrong);
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('--secret') });
    expect(JSON.parse(refused.stdout)).toMatchObject({ status: 401, url: to });
    const nobody = ['trigger', '--to', 'http://127.0.0.1:9/x', '--secret', appSecret];
    expect(await runRecado(temporaryFolder(), nobody)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('Nobody answered'),
    });
  });

  it('reaches every port, and an address with a password, which it never prints', async () => {
    const blockedByFetch = ['trigger', '--to', 'http://127.0.0.1:1/x', '--secret', appSecret];
    expect(await runRecado(temporaryFolder(), blockedByFetch)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('(ECONNREFUSED)'),
    });

    const receiver = await pretendGateway([{ status: 200, text: '' }]);
    const to = `${receiver.url.replace('://', '://ana:p%40ss-word@')}/hook`;
    const run = await runRecado(temporaryFolder(), ['trigger', '--to', to, '--secret', appSecret]);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(receiver.calls).toMatchObject([
      {
        path: '/hook',
        headers: { authorization: `Basic ${Buffer.from('ana:p@ss-word').toString('base64')}` },
      },
    ]);
    const printed = await runRecado(temporaryFolder(), [
      'trigger',
      '--to',
      to,
      '--secret',
      appSecret,
      '--print',
    ]);
    expect(printed.stdout).toContain('authorization: Basic ••••');
    const wrong = await runRecado(temporaryFolder(), ['trigger', '--to', to.replace('http:', 'ftp:')]);
    expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('ftp://••••@') });
    for (const { stdout, stderr } of [run, printed, wrong]) expect(stdout + stderr).not.toMatch(/ss-word/);
  });

  it('prints body and signature that a receiver accepts', async () => {
    const running = await runGateway();
    const run = await runRecado(temporaryFolder(), ['trigger', 'batch', '--print', '--json'], {
      ...environmentOf(running),
    });
    const { body, signature } = JSON.parse(run.stdout);
    const answer = await fetch(`${running.gateway.url}/webhooks/whatsapp/`, {
      method: 'POST',
      headers: { 'x-hub-signature-256': signature },
      body,
    });
    expect(answer.status).toBe(200);
  });

  it('names what is missing and what there is', async () => {
    expect(await runRecado(temporaryFolder(), ['trigger'])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('npx recado sandbox'),
    });
    expect(await runRecado(temporaryFolder(), ['trigger', '--to', 'http://127.0.0.1:9/'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--secret'),
    });
    expect(await runRecado(temporaryFolder(), ['trigger', 'nope'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('The samples are text, image,'),
    });
  });
});

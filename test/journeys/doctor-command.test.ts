import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CommandContext } from '../../src/cli/command-context.ts';
import { doctor } from '../../src/cli/doctor.ts';
import { runCommand } from '../../src/cli/recado.ts';
import type { AlarmBody } from '../../src/server/contract/alarm.ts';
import type { DoctorBody } from '../../src/server/contract/doctor.ts';
import { emptyDatabase } from '../support/postgres/test-database.ts';
import { runGateway } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testClock } from '../support/test-clock.ts';
import { adminKey, appSecret } from '../support/test-config.ts';

/** Runs commands against a gateway; what they print. */
async function runCommands(options: Parameters<typeof runGateway>[0] = {}) {
  const running = await runGateway(options);
  const run = async (...words: string[]) => {
    const printed = { out: '', err: '' };
    const context: CommandContext = {
      environment: { RECADO_URL: running.gateway.adminUrl, RECADO_ADMIN_KEY: adminKey, LANG: 'C' },
      folder: temporaryFolder(),
      terminal: false,
      print: (text) => {
        printed.out += `${text}\n`;
      },
      remark: (text) => {
        printed.err += `${text}\n`;
      },
    };
    return { exitCode: await runCommand(words, context), ...printed };
  };
  return { ...running, run };
}

describe('recado doctor', () => {
  it('prints the chain, and nothing is red while all is well', async () => {
    const { run } = await runCommands();
    const { exitCode, out, err } = await run('doctor');
    expect(err).toBe('');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/✓ Access token +A system user’s token of app 500100500100500/);
    expect(out).toMatch(/^\d+ green, 0 red, \d+ unknown$/m);
  });

  it('opens the first red link up: what was asked, what came back, and the cure, and shows no secret', async () => {
    const { run, simulator } = await runCommands();
    simulator.expireToken();
    const { exitCode, out, err } = await run('doctor');
    expect(exitCode).toBe(1);
    expect(out).toMatch(/✗ Access token/);
    expect(out).toMatch(/\? App secret +Not looked at, because “Access token” is red\./);
    expect(out).toContain('The first broken link: Access token (token)');
    expect(out).toMatch(/→ GET .*debug_token\?input_token=EAA…\(8 characters\)/);
    expect(out).toContain('META_ACCESS_TOKEN=<the new token>');
    expect(err).toMatch(/^Error: “Access token” is red\.\nNext: Meta Business Suite/);
    expect(out + err).not.toContain('EAAtests');
    expect(out + err).not.toContain(appSecret);
  });

  it('speaks Portuguese', async () => {
    const { run, simulator } = await runCommands();
    simulator.expireToken();
    const { out, err } = await run('doctor', '--language', 'pt-BR');
    expect(out).toContain('O primeiro elo quebrado: Token de acesso (token)');
    expect(err).toContain('“Token de acesso” está vermelho.');
  });

  it('looks at single checks, with those that they need, and answers in JSON', async () => {
    const { run } = await runCommands();
    const { exitCode, out } = await run('doctor', '--only', 'clock', '--json');
    expect(exitCode).toBe(0);
    const chain: DoctorBody = JSON.parse(out);
    expect(chain.checks.map(({ check, verdict }) => [check, verdict])).toEqual([
      ['graph-api', 'green'],
      ['clock', 'green'],
    ]);
    const shown = await run('doctor', '--only', 'clock');
    expect(shown.out).toContain('What was looked at holds. The whole chain: npx recado doctor');
    expect(shown.out).not.toContain('Every link holds');
    const wrong = await run('doctor', '--only', 'horoscope');
    expect(wrong.exitCode).toBe(2);
    expect(wrong.err).toContain('Choose of: configuration, database');
  });

  it('names every business phone where there are several', async () => {
    const { run, api } = await runCommands();
    const added = { id: '200100200100201', accessToken: 'EAAanother' };
    expect((await api('POST', '/v1/business-phones', added)).status).toBe(201);
    const { exitCode, out } = await run('doctor');
    expect(exitCode).toBe(1);
    expect(out).toMatch(/✓ Access token 200100200100200/);
    expect(out).toMatch(/✗ Access token 200100200100201/);
    expect(out).toContain('npx recado phones change 200100200100201 --access-token-file token.txt');
  });

  it('cures a number typed as id in the database, where a line of .env would change nothing', async () => {
    const { run, api, simulator } = await runCommands();
    const { displayPhoneNumber, wabaId } = simulator.accounts.phone();
    expect((await api('POST', '/v1/business-phones', { id: displayPhoneNumber, wabaId })).status).toBe(201);
    const { out } = await run('doctor', '--only', 'phone-id', '--json');
    const chain: DoctorBody = JSON.parse(out);
    expect(chain.checks.find(({ verdict }) => verdict === 'red')).toMatchObject({
      subject: displayPhoneNumber,
      reason: 'phone-id-is-a-number',
      cure: [
        { run: `npx recado phones remove ${displayPhoneNumber} --yes`, set: null },
        { run: 'npx recado phones add 200100200100200', set: null },
      ],
    });
  });
});

it('recado doctor without a gateway says how to find out what keeps it from starting', async () => {
  const { run, gateway } = await runCommands();
  await gateway.close();
  const { exitCode, err } = await run('doctor');
  expect(exitCode).toBe(1);
  expect(err).toMatch(/npx recado serve.*npx recado doctor --offline/);
});

describe('recado doctor --fix', () => {
  it('runs what the cure says, and looks again, until nothing that it can cure is red', async () => {
    const { run, simulator } = await runCommands({
      config: (config) => ({
        ...config,
        meta: { ...config.meta, registrationPin: '212834', appId: '500100500100500' },
      }),
    });
    simulator.unregister();
    simulator.accounts.whatsappAccount().subscribedApps.clear();
    const before = await run('doctor');
    expect(before.exitCode).toBe(1);
    expect(before.out).toContain('Doctor can do this itself: npx recado doctor --fix');
    expect(simulator.accounts.phone().registered).toBe(false);
    const { exitCode, err, out } = await run('doctor', '--fix');
    expect(err).toContain('“Registration” is red. → npx recado register 200100200100200');
    expect(err).toContain('“Account subscription” is red. → npx recado connect --yes');
    expect(out).toMatch(/^\d+ green, 0 red, \d+ unknown$/m);
    expect(exitCode).toBe(0);
  });

  it('shows first what it would do, and changes nothing: an app may be another tool’s as well', async () => {
    const { run, simulator } = await runCommands({
      config: (config) => ({ ...config, meta: { ...config.meta, appId: '500100500100500' } }),
    });
    const others = 'https://crm.example.com/webhook';
    const { subscription } = simulator.accounts.app();
    subscription.callbackUrl = others;
    const { exitCode, out, err } = await run('doctor', '--fix', '--dry-run');
    expect(exitCode).toBe(1);
    expect(err).toContain('“App subscription” is red. Would run: npx recado connect --yes');
    expect(out).toMatch(/now +https:\/\/crm\.example\.com\/webhook/);
    expect(out).toContain('What that would change: npx recado doctor --fix --dry-run');
    expect(simulator.accounts.app().subscription.callbackUrl).toBe(others);
    expect((await run('doctor', '--dry-run')).exitCode).toBe(2);
    simulator.expireToken();
    expect((await run('doctor', '--fix', '--dry-run')).err).toContain(
      'Doctor can do nothing about “Access token” itself: its cure is below.',
    );
  });

  it('leaves alone what a person has to do', async () => {
    const { run, simulator } = await runCommands();
    simulator.expireToken();
    const { exitCode, out, err } = await run('doctor', '--fix');
    expect(exitCode).toBe(1);
    expect(err).not.toContain('→ npx recado');
    expect(out).not.toContain('Doctor can do this itself');
  });
});

describe('recado doctor --message', () => {
  it('shows a link and its QR code, waits for the message, and is all green once the reply is delivered', async () => {
    const { gateway, simulator, settle } = await runCommands();
    const printed = { out: '', err: '' };
    const context: CommandContext = {
      environment: { RECADO_URL: gateway.adminUrl, RECADO_ADMIN_KEY: adminKey, LANG: 'C' },
      folder: temporaryFolder(),
      terminal: true,
      print: (text) => {
        printed.out += `${text}\n`;
      },
      remark: (text) => {
        printed.err += `${text}\n`;
      },
    };
    let pauses = 0;
    await doctor({ message: true }, context, runCommand, async () => {
      pauses += 1;
      const [code = ''] = /RECADO-\d{4}/.exec(printed.err) ?? [];
      if (pauses === 1) await simulator.person('558587654321', { name: 'Ana' }).writes(`${code} please`);
      await settle();
    });
    expect(printed.err).toMatch(/^https:\/\/wa\.me\/551132100000\?text=RECADO-\d{4}$/m);
    expect(printed.err).toContain('█▀');
    expect(pauses).toBe(2);
    expect(printed.out).toMatch(/✓ A real message +The message RECADO-\d{4} arrived/);
    expect(printed.out).toMatch(/✓ A reply is delivered/);
    expect(printed.out).toMatch(/✓ App is live/);
    expect(printed.out).toMatch(/^\d+ green, 0 red, 0 unknown\nEvery link holds\.$/m);
    const shown = simulator
      .person('558587654321')
      .messages()
      .map(({ direction }) => direction);
    expect(shown).toEqual(['out', 'in']);
  });
});

describe('the reply to a real message', () => {
  async function sendCode(options: Parameters<typeof runCommands>[0] = {}) {
    const running = await runCommands(options);
    const look = async (language: 'en' | 'pt-BR' = 'en') => {
      const { out } = await running.run('doctor', '--only', 'reply', '--language', language, '--json');
      await running.settle();
      const chain: DoctorBody = JSON.parse(out);
      return chain.checks.find(({ check }) => check === 'reply');
    };
    const [code = ''] = /RECADO-\d{4}/.exec((await look())?.found ?? '') ?? [];
    const ana = running.simulator.person('558587654321', { name: 'Ana' });
    await ana.writes(code);
    await running.settle();
    return { ...running, ana, code, look };
  }

  it('names what Recado itself has against it, in both languages', async () => {
    const { look } = await sendCode({ config: (config) => ({ ...config, onlyTo: ['5511987654321'] }) });
    expect(await look()).toMatchObject({
      verdict: 'red',
      reason: 'reply-failed',
      found: 'The reply failed: RECADO_ONLY_TO permits other recipients only.',
      cure: [{ text: expect.stringMatching(/^Add the number to RECADO_ONLY_TO/) }, {}],
    });
    const inPortuguese = await look('pt-BR');
    expect(inPortuguese?.found).toMatch(/^A resposta falhou: RECADO_ONLY_TO só permite/);
    expect(inPortuguese?.cure[0]?.text).toMatch(/^[^A].*RECADO_ONLY_TO/);
  });

  it('is sent anew when the message comes once more', async () => {
    const { look, ana, code, simulator, settle } = await sendCode();
    simulator.conditions.paymentProblem = true;
    await look();
    expect(await look()).toMatchObject({
      verdict: 'red',
      found: expect.stringContaining('(#131042)'),
      cure: [{}, { text: expect.stringContaining(`send ${code} once more`) }],
    });
    simulator.conditions.paymentProblem = false;
    expect(await look()).toMatchObject({ verdict: 'red' });
    await ana.writes(code);
    await settle();
    await look();
    expect(await look()).toMatchObject({ verdict: 'green', reason: 'reply-delivered' });
  });
});

describe('what doctor finds', () => {
  it('raises an alarm, which resolves once the link is green', async () => {
    const clock = testClock();
    const { run, simulator, settle, api } = await runCommands({ overrides: { clock } });
    const open = async () => {
      // Alarms look every quarter of a minute.
      clock.advance(20_000);
      await settle();
      const { body } = await api<{ data: AlarmBody[] }>('GET', '/v1/alarms');
      return body.data.filter(({ resolvedAt }) => resolvedAt === null);
    };
    simulator.accounts.app().subscription.fields.delete('messages');
    await run('doctor');
    expect(await open()).toMatchObject([
      {
        code: 'setup-broken',
        subject: 'app-subscription 200100200100200',
        sentence: expect.stringContaining('The field `messages` is not ticked'),
        remedy: expect.stringContaining('npx recado doctor'),
      },
    ]);
    simulator.accounts.app().subscription.fields.add('messages');
    await run('doctor', '--only', 'app-subscription');
    expect(await open()).toEqual([]);
  });

  it('is asked for when Meta accepts messages and tells nothing of them', async () => {
    const clock = testClock();
    const { simulator, settle, api } = await runCommands({ overrides: { clock } });
    simulator.accounts.app().mode = 'development';
    const template = { name: 'hello_world', language: 'en_US' };
    await api('POST', '/v1/notifications', { to: '558587654321', template });
    await settle();
    const alarms = async () => (await api<{ data: AlarmBody[] }>('GET', '/v1/alarms')).body.data;
    clock.advance(9 * 60_000);
    await settle();
    expect(await alarms()).toEqual([]);
    clock.advance(2 * 60_000);
    await settle();
    expect(await alarms()).toMatchObject([
      { code: 'webhooks-silent', subject: '200100200100200', resolvedAt: null },
    ]);
    simulator.accounts.app().mode = 'live';
    await simulator.person('558587654321', { name: 'Ana' }).writes('Hi');
    await settle();
    clock.advance(20_000);
    await settle();
    expect(await alarms()).toMatchObject([{ code: 'webhooks-silent', resolvedAt: expect.any(String) }]);
  });
});

describe('recado doctor --offline', () => {
  async function offline(env: string, ...words: string[]) {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.env'), env);
    let out = '';
    const context: CommandContext = {
      environment: { LANG: 'C' },
      folder,
      terminal: false,
      print: (text) => {
        out += text;
      },
      remark: () => {},
    };
    const exitCode = await runCommand(['doctor', '--offline', '--json', ...words], context);
    const chain: DoctorBody = JSON.parse(out);
    return { exitCode, chain, folder };
  }

  it('names what is wrong with the configuration, and what is missing', async () => {
    const wrong = await offline('META_WEBHOOK_VERIFY_TOKEN=x\nMETA_APP_SECRET=EAAsomething\n');
    expect(wrong.exitCode).toBe(1);
    expect(wrong.chain.checks[0]).toMatchObject({
      check: 'configuration',
      verdict: 'red',
      reason: 'setting-wrong',
    });
    const missing = await offline('');
    expect(missing.chain.checks).toMatchObject([
      { reason: 'verify-token-missing' },
      { reason: 'database-new', found: expect.stringContaining('there is no database yet') },
    ]);
  });

  it('looks at a database that is no database', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'broken.db');
    writeFileSync(file, 'no database at all, but some text that is long enough to be read');
    const { chain } = await offline(`DATABASE_URL=sqlite:${file}\n`);
    expect(chain.checks[1]).toMatchObject({ check: 'database', verdict: 'red', reason: 'database-refuses' });
    expect(readFileSync(file, 'utf8')).toContain('no database at all');
  });

  it('looks at PostgreSQL where DATABASE_URL names it, not at a file that nobody uses', async () => {
    const url = await emptyDatabase(18);
    const there = await offline(`DATABASE_URL=${url}\n`);
    expect(there.chain.checks[1]).toMatchObject({
      check: 'database',
      found: expect.stringContaining('PostgreSQL 18'),
    });
    const gone = await offline('DATABASE_URL=postgres://ana:secret@127.0.0.1:1/recado\n');
    expect(gone.chain.checks[1]).toMatchObject({
      verdict: 'red',
      reason: 'server-refuses',
      found: 'PostgreSQL at 127.0.0.1:1/recado takes no commit (ECONNREFUSED).',
    });
    expect(existsSync(join(gone.folder, 'data'))).toBe(false);
  });
});

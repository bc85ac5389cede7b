import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CommandContext } from '../../src/cli/command-context.ts';
import { runCommand } from '../../src/cli/recado.ts';
import type { DoctorBody } from '../../src/server/contract/doctor.ts';
import { runGateway } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
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
    expect(missing.chain.checks[0]).toMatchObject({ reason: 'verify-token-missing' });
  });

  it('looks at a database that is no database', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'broken.db');
    writeFileSync(file, 'no database at all, but some text that is long enough to be read');
    const { chain } = await offline(`DATABASE_URL=sqlite:${file}\n`);
    expect(chain.checks[1]).toMatchObject({ check: 'database', verdict: 'red', reason: 'database-refuses' });
    expect(readFileSync(file, 'utf8')).toContain('no database at all');
  });
});

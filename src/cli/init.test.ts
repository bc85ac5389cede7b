import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseEnvText } from '../config/parse-env-text.ts';
import type { CommandContext } from './command-context.ts';
import { init } from './init.ts';

function contextIn(dotenv: string, environment: Record<string, string> = {}): CommandContext {
  const folder = mkdtempSync(join(tmpdir(), 'recado-init-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, '.env'), dotenv);
  return { environment, folder, terminal: true, print: () => undefined, remark: () => undefined };
}

function envOf(context: CommandContext): Record<string, string> {
  return parseEnvText(readFileSync(join(context.folder, '.env'), 'utf8'));
}

describe('init with questions', () => {
  it('asks only for what nobody has given', async () => {
    const context = contextIn('META_WABA_ID=300100300100300\n', { META_APP_ID: '400100400100400' });
    const asked: string[] = [];
    await init({ publicUrl: 'https://api.example.com' }, context, async ({ name }) => {
      asked.push(name);
      return name === 'META_PHONE_NUMBER_ID' ? '200100200100200' : null;
    });
    expect(asked).toEqual(['META_APP_SECRET', 'META_ACCESS_TOKEN', 'META_PHONE_NUMBER_ID']);
    expect(envOf(context)).toMatchObject({
      META_PHONE_NUMBER_ID: '200100200100200',
      META_WABA_ID: '300100300100300',
    });
    expect(envOf(context)).not.toHaveProperty('META_APP_SECRET');
  });

  it('asks anew for a value that is to be replaced', async () => {
    const context = contextIn('META_WABA_ID=300100300100300\n');
    await init({ replace: ['META_WABA_ID'] }, context, async ({ name }) =>
      name === 'META_WABA_ID' ? '300200300200300' : null,
    );
    expect(envOf(context).META_WABA_ID).toBe('300200300200300');
  });

  it('asks Meta again once a person has named the account, of which Meta had told nothing', async () => {
    const context = contextIn('META_ACCESS_TOKEN=EAAtests\n');
    const asked: string[] = [];
    const account = '300100300100300';
    const phone = { id: '200100200100200', wabaId: account, displayPhoneNumber: null, verifiedName: null };
    const lookAround = async ({ wabaId }: { wabaId: string | null }) => ({
      appId: null,
      accounts: wabaId === null ? [] : [wabaId],
      phones: wabaId === account ? [phone] : [],
      remarks: [],
    });
    const answer = async ({ name }: { name: string }) => {
      asked.push(name);
      return name === 'META_WABA_ID' ? account : null;
    };
    await init({}, context, answer, { lookAround, choose: null });
    expect(envOf(context)).toMatchObject({ META_PHONE_NUMBER_ID: '200100200100200' });
    expect(asked).not.toContain('META_PHONE_NUMBER_ID');
  });

  it('tells at once what is wrong with an answer, in the light of earlier ones', async () => {
    const context = contextIn('META_APP_ID=400100400100400\n');
    const verdicts: (string | null)[] = [];
    await init({}, context, async ({ name }, verdict) => {
      if (name === 'META_APP_SECRET')
        verdicts.push(verdict('EAAGpretendpretend'), verdict('9f8e7d6c5b4a39281706f5e4d3c2b1a0'));
      if (name === 'META_WABA_ID') verdicts.push(verdict('400100400100400'));
      return null;
    });
    expect(verdicts).toEqual([
      expect.stringMatching(/^this looks like an access token; expected 32 hexadecimal digits/),
      null,
      expect.stringContaining('this is the same as META_APP_ID'),
    ]);
  });
});

describe('init that may ask Meta', () => {
  const phone = { wabaId: '300100300100300', displayPhoneNumber: '551132100000', verifiedName: 'Padaria' };
  const meta = (choice: string | null) => ({
    lookAround: async () => ({
      appId: '400100400100400',
      accounts: ['300100300100300'],
      phones: [
        { ...phone, id: '200100200100200' },
        { ...phone, id: '200100200100201' },
      ],
      remarks: ['The token is old.'],
    }),
    choose: async () => choice,
  });

  it('lets the person choose a phone, and takes its account', async () => {
    const context = contextIn('META_ACCESS_TOKEN=EAAGpretendpretend\n');
    const asked: string[] = [];
    const ask = async ({ name }: { name: string }) => {
      asked.push(name);
      return null;
    };
    const { remarks } = await init({}, context, ask, meta('200100200100201'));
    expect(asked).toEqual(['META_APP_SECRET', 'PUBLIC_URL']);
    expect(envOf(context)).toMatchObject({
      META_PHONE_NUMBER_ID: '200100200100201',
      META_WABA_ID: '300100300100300',
      META_APP_ID: '400100400100400',
    });
    expect(remarks).toContain('The token is old.');
  });

  it('asks for the id when it is none of those', async () => {
    const context = contextIn('META_ACCESS_TOKEN=EAAGpretendpretend\n');
    await init(
      {},
      context,
      async ({ name }) => (name === 'META_PHONE_NUMBER_ID' ? '200100200100209' : null),
      meta(null),
    );
    expect(envOf(context).META_PHONE_NUMBER_ID).toBe('200100200100209');
  });
});

describe('init with flags', () => {
  it('checks what is given also where another value stays', async () => {
    const context = contextIn('META_PHONE_NUMBER_ID=200100200100200\n');
    const before = envOf(context);
    await expect(
      init({ phoneNumberId: '+55 11 3210-0000', json: true }, context, null),
    ).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(
        /^Nothing was written[\s\S]*META_PHONE_NUMBER_ID \(from --phone-number-id\)/,
      ),
    });
    expect(envOf(context)).toEqual(before);
    const { kept } = await init({ phoneNumberId: '200100200100201' }, context, null);
    expect(kept).toEqual(['META_PHONE_NUMBER_ID']);
  });
});

describe('init beside an environment', () => {
  it('checks and writes what is given, and says that the environment beats it', async () => {
    const context = contextIn('', { META_APP_SECRET: 'EAAGpretendpretend' });
    const result = await init({ appSecret: '9f8e7d6c5b4a39281706f5e4d3c2b1a0' }, context, null);
    expect(result.written).toContain('META_APP_SECRET');
    expect(result.remarks).toContain('META_APP_SECRET is also set in the environment, which beats .env.');
  });

  it('names the file in the next command when it is another one', async () => {
    const context = contextIn('');
    expect((await init({ dotenv: 'other.env' }, context, null)).next).toBe(
      'npx recado serve --dotenv other.env',
    );
  });
});

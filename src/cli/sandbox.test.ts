import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { CommandContext } from './command-context.ts';
import { type SandboxOptions, type SandboxParts, sandbox } from './sandbox.ts';

/** How the pretend Meta is opened for these flags, beside this file of options. */
async function pretendMetaFor(flags: SandboxOptions, file: object = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'recado-sandbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'meta.json'), JSON.stringify(file));
  const context: CommandContext = { environment: {}, folder, terminal: false, print() {}, remark() {} };
  const opened: unknown[] = [];
  const parts: SandboxParts = {
    openSandbox: async (_config, told) => {
      opened.push(told?.simulator);
      return {
        url: 'http://127.0.0.1:1/',
        graphUrl: '',
        webhookUrl: 'http://127.0.0.1:1/',
        async close() {},
      };
    },
    async untilStopped() {},
  };
  await sandbox(flags, context, parts);
  return opened;
}

it('the pretend Meta has no limits unless told, and takes its options from a file; the flag goes before it', async () => {
  expect(await pretendMetaFor({})).toEqual([{}]);
  expect(await pretendMetaFor({ throttle: true })).toEqual([{ throttling: 'as-meta' }]);
  const file = { throttling: 'off', webhookShape: { version: 23 } };
  expect(await pretendMetaFor({ throttle: true, config: 'meta.json' }, file)).toEqual([
    { throttling: 'as-meta', webhookShape: { version: 23 } },
  ]);
  await expect(pretendMetaFor({ config: 'meta.json' }, { throttling: 'sometimes' })).rejects.toThrow(
    'throttling',
  );
});

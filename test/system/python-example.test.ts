/**
 * The example that tests a receiver in Python against `recado simulate`, run as its head says. Needs Debian's python3.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const mustRun = process.env['CI'] === 'true';
const run = promisify(execFile);

it('the tests in Python pass', { timeout: 60_000 }, async ({ skip }) => {
  const version = await run('python3', ['--version']).catch(() => null);
  if (version === null && !mustRun) {
    console.warn('SKIPPED: the example in Python needs python3: apt-get install python3.');
    skip('python3 is not installed: apt-get install python3');
  }
  const { stderr } = await run('python3', ['-m', 'unittest', 'test_receiver.py'], {
    cwd: `${root}examples/test-from-python`,
    env: { ...process.env, RECADO: `${process.execPath} ${root}bin/recado.js` },
  });
  expect(stderr).toMatch(/Ran 3 tests[\s\S]*\nOK/);
});

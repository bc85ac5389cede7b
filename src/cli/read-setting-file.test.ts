import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { readSettingFile } from './read-setting-file.ts';

const longest = 64 * 1024;

describe('readSettingFile', () => {
  it('reads a regular file of at most 64 KiB', () => {
    const path = join(temporaryFolder(), 'secret.txt');
    writeFileSync(path, 'x'.repeat(longest));
    expect(readSettingFile(path)).toHaveLength(longest);
    writeFileSync(path, 'x'.repeat(longest + 1));
    expect(() => readSettingFile(path)).toThrow('it holds more than 64 KiB');
  });

  it('refuses a device, which may never end, and a folder', () => {
    for (const path of ['/dev/zero', temporaryFolder()]) {
      expect(() => readSettingFile(path)).toThrow('it is neither a file nor a pipe');
    }
  });

  it('reads a pipe to its end', () => {
    const program = `import { readSettingFile } from ${JSON.stringify(new URL('./read-setting-file.ts', import.meta.url).href)};
      process.stdout.write(readSettingFile('/dev/stdin'));`;
    const words = [
      '-c',
      '(printf se; printf cret) | "$0" --input-type=module -e "$1"',
      process.execPath,
      program,
    ];
    expect(execFileSync('sh', words, { encoding: 'utf8' })).toBe('secret');
  });

  it('gives the system’s code for a file that is not there', () => {
    expect(() => readSettingFile('/nowhere/secret')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });
});

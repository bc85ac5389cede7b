import { describe, expect, it } from 'vitest';
import type { CommandContext } from './command-context.ts';
import { commands } from './commands.ts';
import { runCommand } from './recado.ts';

function pretendContext() {
  const printed: string[] = [];
  const remarked: string[] = [];
  const context: CommandContext = {
    environment: {},
    folder: '/nowhere',
    terminal: false,
    print: (text) => printed.push(text),
    remark: (text) => remarked.push(text),
  };
  return { context, printed, remarked };
}

describe('every command', () => {
  for (const { name, summary } of commands) {
    it(`${name} has help with its summary and an example`, async () => {
      const { context, printed, remarked } = pretendContext();
      expect(await runCommand([name, '--help'], context)).toBe(0);
      const help = printed.join('\n');
      expect(help.replace(/\s+/g, ' ')).toContain(summary);
      expect(help).toMatch(new RegExp(`\\nExamples?:\\n  \\$ npx recado ${name}`));
      expect(remarked).toEqual([]);
    });

    it(`${name} takes an unknown flag for wrong usage and points to its help`, async () => {
      const { context, printed, remarked } = pretendContext();
      expect(await runCommand([name, '--to', 'x', '--no-such-flag'], context)).toBe(2);
      expect(remarked).toEqual([
        expect.stringMatching(new RegExp(`^Error: .*\nNext: npx recado ${name} --help$`)),
      ]);
      expect(printed).toEqual([]);
    });
  }

  it('is listed with its summary', async () => {
    const { context, printed } = pretendContext();
    expect(await runCommand([], context)).toBe(0);
    for (const { name } of commands) expect(printed.join('\n')).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  });
});

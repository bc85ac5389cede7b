import { Command } from 'commander';
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
  for (const { name, summary, load } of commands) {
    it(`${name} has help with its summary and an example`, async () => {
      const { context, printed, remarked } = pretendContext();
      expect(await runCommand([name, '--help'], context)).toBe(0);
      const help = printed.join('\n');
      expect(help.replace(/\s+/g, ' ')).toContain(summary);
      expect(help).toMatch(new RegExp(`\\nExamples?:\\n  \\$ npx recado ${name}`));
      expect(remarked).toEqual([]);
    });

    it(`${name} says the same to \`help ${name}\``, async () => {
      const [asked, option] = [pretendContext(), pretendContext()];
      expect(await runCommand(['help', name], asked.context)).toBe(0);
      await runCommand([name, '--help'], option.context);
      expect(asked.printed).toEqual(option.printed);
    });

    it(`${name} tells a program what is wrong as JSON`, async () => {
      const { context, printed, remarked } = pretendContext();
      expect(await runCommand([name, '--json', '--no-such-flag'], context)).toBe(2);
      expect(remarked).toHaveLength(1);
      expect(JSON.parse(remarked[0] ?? '')).toEqual({
        code: 'usage-wrong',
        message: expect.any(String),
        next: `npx recado ${name} --help`,
      });
      expect(printed).toEqual([]);
    });

    it(`${name} has help with an example for each of its parts`, async () => {
      const { context } = pretendContext();
      const command = new Command(name);
      (await load())(command, context);
      for (const part of command.commands) {
        const { context: own, printed } = pretendContext();
        expect(await runCommand([name, part.name(), '--help'], own)).toBe(0);
        expect(printed.join('\n')).toMatch(
          new RegExp(
            `^Usage: recado ${name} ${part.name()}[\\s\\S]*\\nExamples?:\\n  \\$ npx recado ${name}`,
          ),
        );
      }
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

  for (const words of [[], ['help'], ['--help']]) {
    it(`is listed with its summary, and the overview ends with examples: recado ${words.join(' ')}`, async () => {
      const { context, printed } = pretendContext();
      expect(await runCommand(words, context)).toBe(0);
      const overview = printed.join('\n');
      for (const { name } of commands) expect(overview).toMatch(new RegExp(`^ {2}${name} `, 'm'));
      expect(overview).toMatch(/\nExamples:\n {2}\$ npx recado sandbox\n/);
    });
  }

  it('tells a command that is not there', async () => {
    for (const words of [['nonsense'], ['help', 'nonsense']]) {
      const { context, remarked } = pretendContext();
      expect(await runCommand(words, context)).toBe(2);
      expect(remarked).toEqual([expect.stringMatching(/^Error: .*nonsense.*\nNext: npx recado --help$/)]);
    }
  });
});

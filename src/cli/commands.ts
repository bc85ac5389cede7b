import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';

/** Adds a command's options, examples and action to commander's empty command. */
export type DefineCommand = (command: Command, context: CommandContext) => void;

/** One command: loaded only when it is asked for, so that the others start quickly. */
export type CommandEntry = {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  load(): Promise<DefineCommand>;
};

/** Every command. A new one is a file and an entry here. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'init',
    summary: 'Write what is missing into .env, and say what to paste in Meta’s console',
    load: async () => (await import('./init.ts')).defineInit,
  },
  {
    name: 'serve',
    summary: 'Run the gateway; the sandbox when nothing of Meta is configured',
    load: async () => (await import('./serve.ts')).defineServe,
  },
  {
    name: 'sandbox',
    summary: 'Try everything on this machine, against a pretend Meta',
    load: async () => (await import('./sandbox.ts')).defineSandbox,
  },
  {
    name: 'send',
    summary: 'Send a notification through the running gateway',
    load: async () => (await import('./send.ts')).defineSend,
  },
];

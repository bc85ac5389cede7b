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
    name: 'simulate',
    summary: 'Run the pretend Meta alone, to test any receiver against it',
    load: async () => (await import('./simulate.ts')).defineSimulate,
  },
  {
    name: 'connect',
    summary: 'Tell Meta where to call, and subscribe and register what is missing',
    load: async () => (await import('./connect.ts')).defineConnect,
  },
  {
    name: 'doctor',
    summary: 'Prove link by link that messages arrive and leave, or name the broken link and its cure',
    load: async () => (await import('./doctor.ts')).defineDoctor,
  },
  {
    name: 'tunnel',
    summary: 'Make the webhook address of a running gateway public, to try it with Meta',
    load: async () => (await import('./tunnel.ts')).defineTunnel,
  },
  {
    name: 'send',
    summary: 'Send a notification through the running gateway',
    load: async () => (await import('./send.ts')).defineSend,
  },
  {
    name: 'phones',
    summary: 'List, add, change and remove business phones',
    load: async () => (await import('./phones.ts')).definePhones,
  },
  {
    name: 'endpoints',
    summary: 'Forward events to your applications, and see how that goes',
    load: async () => (await import('./endpoints.ts')).defineEndpoints,
  },
  {
    name: 'register',
    summary: 'Register a business phone on the Cloud API: the cure of #133010',
    load: async () => (await import('./register.ts')).defineRegister,
  },
  {
    name: 'settings',
    summary: 'Show and change how Recado behaves',
    load: async () => (await import('./settings.ts')).defineSettings,
  },
  {
    name: 'contacts',
    summary: 'List who wrote in, and whether they may be notified now',
    load: async () => (await import('./contacts.ts')).defineContacts,
  },
  {
    name: 'templates',
    summary: 'Show what webhooks told of your templates',
    load: async () => (await import('./templates.ts')).defineTemplates,
  },
  {
    name: 'costs',
    summary: 'Count what Meta charged in a month',
    load: async () => (await import('./costs.ts')).defineCosts,
  },
  {
    name: 'show',
    summary: 'Show a notification, a contact or an event, or explain an error code',
    load: async () => (await import('./show.ts')).defineShow,
  },
  {
    name: 'listen',
    summary: 'Follow the events as they come, over every disconnection',
    load: async () => (await import('./listen.ts')).defineListen,
  },
  {
    name: 'trigger',
    summary: 'Post one signed sample webhook to the gateway, or to any address',
    load: async () => (await import('./trigger.ts')).defineTrigger,
  },
  {
    name: 'certify',
    summary: 'Try Meta’s behaviours on any webhook receiver, and say which it survives',
    load: async () => (await import('./certify.ts')).defineCertify,
  },
  {
    name: 'reread',
    summary: 'Read stored webhooks again with the understanding of this version',
    load: async () => (await import('./reread.ts')).defineReread,
  },
  {
    name: 'migrate',
    summary: 'Bring the database up to this version, or show what would be done',
    load: async () => (await import('./migrate.ts')).defineMigrate,
  },
  {
    name: 'backup',
    summary: 'Copy the database into a file, while the gateway runs, and check the copy',
    load: async () => (await import('./backup.ts')).defineBackup,
  },
  {
    name: 'restore',
    summary: 'Put a backup in the place of the database',
    load: async () => (await import('./restore.ts')).defineRestore,
  },
  {
    name: 'keys',
    summary: 'Make, list and revoke the keys of the API',
    load: async () => (await import('./keys.ts')).defineKeys,
  },
];

import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { backUp, belongsToDatabase } from '../offline.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError } from './command-error.ts';
import type { DefineCommand } from './commands.ts';
import { describeDatabase, shownFacts } from './describe-database.ts';
import { embeddedDatabase } from './embedded-database.ts';
import { examples } from './examples.ts';
import { loadConfig } from './load-config.ts';

/** The flags of `backup`. */
export type BackupOptions = { force?: boolean; json?: boolean };

/** Copies the database into a file and checks the copy. */
export async function backup(target: string, options: BackupOptions, context: CommandContext): Promise<void> {
  const { config } = loadConfig(context, { only: ['DATABASE_URL'] });
  const database = resolve(
    context.folder,
    embeddedDatabase(
      config,
      'Use what your PostgreSQL is backed up with, such as pg_dump; docs/backup.md says more.',
    ),
  );
  const path = resolve(context.folder, target);
  if (belongsToDatabase(path, database)) {
    throw new CommandError(
      `${target} is the database itself, or belongs to it.`,
      'Give another file for the backup.',
    );
  }
  if (existsSync(path) && options.force !== true) {
    throw new CommandError(
      `${target} exists already.`,
      'Give another name, or replace it with --force; it is replaced only once the new copy is checked.',
    );
  }
  const json = options.json === true;
  const onTerminal = context.terminal && !json;
  const facts = await backUp(database, path, (part) => {
    if (onTerminal) process.stderr.write(`\rCopying   ${Math.floor(part * 100)} %`);
  });
  if (onTerminal) process.stderr.write('\r\u001b[K');
  const { size } = statSync(path);
  if (json) {
    context.print(JSON.stringify({ file: path, bytes: size, ...shownFacts(facts) }, null, 2));
    return;
  }
  context.print(`Backup    ${target}, ${(size / 1024 / 1024).toFixed(1)} MiB, checked page by page`);
  for (const line of describeDatabase(facts)) context.print(line);
  context.print('It holds what people wrote, and is readable by you alone: keep it as safe as the database.');
  context.print(`Next: to put it back, stop Recado and run npx recado restore ${target}`);
}

export const defineBackup: DefineCommand = (command, context) => {
  command
    .argument('<file>', 'where the copy goes')
    .option('--force', 'replace the file if it exists')
    .option('--json', 'answer in JSON')
    .addHelpText('after', examples('npx recado backup recado-2026-11-21.db'))
    .action((target: string, options: BackupOptions) => backup(target, options, context));
};

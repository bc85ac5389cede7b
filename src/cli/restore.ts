import { resolve } from 'node:path';
import { restore as restoreDatabase } from '../offline.ts';
import type { CommandContext } from './command-context.ts';
import type { DefineCommand } from './commands.ts';
import { describeDatabase } from './describe-database.ts';
import { examples } from './examples.ts';
import { loadConfig } from './load-config.ts';

/** Puts a backup in the place of the database, and keeps the former one aside. */
export async function restore(
  backup: string,
  options: { json?: boolean },
  context: CommandContext,
): Promise<void> {
  const { config } = loadConfig(context, { only: ['DATABASE_URL'] });
  const { file } = config.database;
  const { facts, keptAt, former } = await restoreDatabase(
    resolve(context.folder, file),
    resolve(context.folder, backup),
    new Date(),
  );
  if (options.json === true) {
    context.print(JSON.stringify({ file, keptAt, ...facts }, null, 2));
    return;
  }
  context.print(`Restored  ${file} from ${backup}`);
  for (const line of describeDatabase(facts)) context.print(line);
  if (keptAt !== null) context.print(`Kept      the former database at ${keptAt}`);
  const lost = former === null ? 0 : former.events - facts.events;
  if (former !== null && former.installation !== facts.installation) {
    context.print('Mind      the backup is of another installation than the former database.');
  } else if (lost > 0) {
    context.print(
      `Mind      the former database held ${lost} events more; Meta does not send again what was received once.`,
    );
  }
  context.print(
    'Mind      whoever follows the events by a cursor may stand behind the end of this feed: begin again there.',
  );
  context.print(
    'Mind      what was waiting to be sent at the time of the backup is sent again on the next start, and keys revoked since then work again: look at `npx recado keys list`.',
  );
  context.print('Next: npx recado serve');
}

export const defineRestore: DefineCommand = (command, context) => {
  command
    .argument('<file>', 'a backup made by `recado backup`')
    .option('--json', 'answer in JSON')
    .addHelpText('after', examples('npx recado restore recado-2026-11-21.db'))
    .action((file: string, options: { json?: boolean }) => restore(file, options, context));
};

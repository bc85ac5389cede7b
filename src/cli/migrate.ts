import { resolve } from 'node:path';
import { migrateOffline, planMigration } from '../offline.ts';
import type { CommandContext } from './command-context.ts';
import type { DefineCommand } from './commands.ts';
import { embeddedDatabase } from './embedded-database.ts';
import { examples } from './examples.ts';
import { loadConfig } from './load-config.ts';
import { moveDatabase } from './move-database.ts';

/** The flags of `migrate`. */
export type MigrateOptions = { plan?: boolean; to?: string; json?: boolean };

/** Shows how far the database is, and unless only the plan is wanted brings it up to this version. */
export async function migrate(options: MigrateOptions, context: CommandContext): Promise<void> {
  const { config } = loadConfig(context, { only: ['DATABASE_URL'] });
  const file = embeddedDatabase(
    config,
    'Just start Recado: a start brings PostgreSQL up to date, whichever process comes first.',
  );
  const path = resolve(context.folder, file);
  const { exists, version, known, pending } = planMigration(path);
  const apply = options.plan !== true;
  const say = options.json === true ? () => undefined : context.print;

  say(exists ? `Database  ${file}, schema ${version}` : `Database  ${file}, not there yet`);
  if (version > known) say(`This version knows schema ${known}, and can work with ${version}.`);
  say(
    pending.length === 0
      ? 'To do     nothing'
      : `To do     ${pending.map((step) => `schema ${step}`).join(', ')}`,
  );
  if (apply && pending.length > 0) await migrateOffline(path);
  const applied = apply ? pending : [];
  if (options.json === true) {
    const schema = applied.at(-1) ?? version;
    context.print(
      JSON.stringify(
        {
          database: file,
          exists: exists || applied.length > 0,
          created: !exists && applied.length > 0,
          schema,
          known,
          pending: apply ? [] : pending,
          applied,
        },
        null,
        2,
      ),
    );
    return;
  }
  if (applied.length > 0) say(`Done      ${exists ? '' : 'made, '}schema ${applied.at(-1)}`);
  if (apply || pending.length === 0) say('Next: npx recado serve');
  else if (!exists) say(`Next: npx recado serve, which makes the database with schema ${known}.`);
  else {
    say(
      'Next: stop Recado, npx recado backup FILE, then npx recado migrate; a start does the same by itself.',
    );
  }
}

export const defineMigrate: DefineCommand = (command, context) => {
  command
    .option('--plan', 'only show what would be done; works while the gateway runs')
    .option(
      '--to <address>',
      'move a stopped gateway’s database to an empty one of PostgreSQL; goes on after a kill',
    )
    .option('--json', 'answer in JSON')
    .addHelpText(
      'after',
      examples(
        'npx recado migrate --plan',
        'npx recado migrate',
        'npx recado migrate --to postgres://recado@10.0.0.7/recado',
      ),
    )
    .action((options: MigrateOptions) =>
      options.to === undefined
        ? migrate(options, context)
        : moveDatabase(options.to, options.json === true, context),
    );
};

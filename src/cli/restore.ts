import { resolve } from 'node:path';
import { type Restored, restore as restoreDatabase } from '../offline.ts';
import type { CommandContext } from './command-context.ts';
import type { DefineCommand } from './commands.ts';
import { describeDatabase, shownFacts } from './describe-database.ts';
import { embeddedDatabase } from './embedded-database.ts';
import { examples } from './examples.ts';
import { loadConfig } from './load-config.ts';
import { localTime } from './local-time.ts';

/** The flags of `restore`. */
export type RestoreOptions = { keepKeys?: boolean; json?: boolean };

/** Puts a backup in the place of the database, and keeps the former one aside. */
export async function restore(
  backup: string,
  options: RestoreOptions,
  context: CommandContext,
): Promise<void> {
  const { config } = loadConfig(context, { only: ['DATABASE_URL'] });
  const file = embeddedDatabase(
    config,
    'Use what your PostgreSQL is restored with, such as pg_restore; docs/backup.md says more.',
  );
  const restored = await restoreDatabase(resolve(context.folder, file), resolve(context.folder, backup), {
    now: new Date(),
    keepKeys: options.keepKeys === true,
  });
  const { facts, keptAt, madeAt, suspended, waiting, revokedKeys } = restored;
  if (options.json === true) {
    const backedUpAt = madeAt === null ? null : new Date(madeAt).toISOString();
    const done = { file, keptAt, backedUpAt, suspended, waiting, revokedKeys, ...shownFacts(facts) };
    context.print(JSON.stringify(done, null, 2));
    return;
  }
  context.print(`Restored  ${file} from ${backup}`);
  if (madeAt !== null) context.print(`Made      ${localTime(new Date(madeAt).toISOString())}`);
  for (const line of describeDatabase(facts)) context.print(line);
  if (keptAt !== null) context.print(`Kept      the former database at ${keptAt}`);
  for (const sentence of whatWentBack(restored, options.keepKeys === true))
    context.print(`Mind      ${sentence}`);
  context.print('Next: npx recado serve');
}

/** What a person has to know about a database that went back in time, in sentences. */
function whatWentBack(restored: Restored, keepKeys: boolean): string[] {
  const { facts, former, suspended, waiting, revokedKeys } = restored;
  const comparable = former !== null && former.installation === facts.installation;
  const lost = comparable ? former.events - facts.events : 0;
  const sentences: string[] = [];
  if (former !== null && !comparable) {
    sentences.push('the backup is of another installation than the former database.');
  }
  if (lost > 0) {
    sentences.push(
      `the former database held ${lost} events more; Meta does not send again what was received once.`,
    );
  }
  if (suspended > 0) {
    sentences.push(
      `notifications that waited to be sent when the backup was made (${suspended}) may have been sent since: they are unknown now and are not sent again. A status that still comes settles them: GET /v1/notifications?state=unknown.`,
    );
  }
  if (waiting > 0) {
    sentences.push(
      `notifications that nobody can have sent yet (${waiting}) still wait: they are sent once the gateway runs.`,
    );
  }
  sentences.push(keysSentence(revokedKeys, comparable, keepKeys));
  sentences.push(
    'settings, business phones and idempotency keys are as they were then: a request that is repeated with an idempotency key used since is taken anew.',
  );
  if (!comparable) {
    sentences.push(
      'whoever follows the events by a cursor may stand behind the end of this feed: begin again there.',
    );
  }
  return sentences;
}

function keysSentence(revokedKeys: number, comparable: boolean, keepKeys: boolean): string {
  if (comparable) {
    return `API keys are as they were then, except those that the former database had revoked (${revokedKeys}): they stay revoked. Keys made since are gone; make them again with npx recado keys create.`;
  }
  if (keepKeys) {
    return 'API keys that were revoked since the backup work again, as --keep-keys asks: look at npx recado keys list.';
  }
  return `no former database says which API keys were revoked since, so all of them (${revokedKeys}) are revoked: make new ones with npx recado keys create. With --keep-keys they go on as they were.`;
}

export const defineRestore: DefineCommand = (command, context) => {
  command
    .argument('<file>', 'a backup made by `recado backup`')
    .option(
      '--keep-keys',
      'without a former database to compare with: leave the API keys as the backup has them instead of revoking all',
    )
    .option('--json', 'answer in JSON')
    .addHelpText(
      'after',
      `
The gateway has to be stopped. Notifications that may have been sent since the backup become unknown and are not
sent again, keys that were revoked since stay revoked, and the former database is kept aside. docs/backup.md says more.`,
    )
    .addHelpText(
      'after',
      examples(
        'npx recado restore recado-2026-11-21.db',
        'npx recado restore recado-2026-11-21.db --keep-keys',
      ),
    )
    .action((file: string, options: RestoreOptions) => restore(file, options, context));
};

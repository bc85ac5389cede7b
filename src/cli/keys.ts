import type { Command } from 'commander';
import { z } from 'zod';
import { printable } from '../adapters/telemetry/printable.ts';
import { apiKeyScopes, scopeMeanings } from '../domain/api-key.ts';
import type { CommandContext } from './command-context.ts';
import { wrongUsage } from './command-error.ts';
import type { DefineCommand } from './commands.ts';
import { examples } from './examples.ts';
import { cellText } from './fit-text.ts';
import { callGateway, findGateway } from './gateway-client.ts';
import { shortLocalTime } from './local-time.ts';
import { askGateway, readAnswer } from './read-answer.ts';

/** The flags of `keys create`. */
export type CreateKeyOptions = { name: string; scope: string[]; json?: boolean };

const keySchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  prefix: z.string(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});
const newKeySchema = z.looseObject({ ...keySchema.shape, key: z.string() });
const pageSchema = z.looseObject({ data: z.array(keySchema), next: z.string().nullable() });
type ShownKey = z.infer<typeof keySchema>;

/** Makes an API key and prints its text, the only time that it can be seen. */
export async function createKey(options: CreateKeyOptions, context: CommandContext): Promise<void> {
  const json = options.json === true;
  const gateway = findGateway(context);
  const body = { name: options.name, scopes: options.scope };
  const answer = await callGateway(gateway, '/v1/keys', { method: 'POST', body });
  const key = readAnswer(answer, newKeySchema, { json, context });
  if (json) {
    context.print(JSON.stringify(key, null, 2));
    return;
  }
  context.print(printable(`Key ${key.id} "${key.name}", scopes: ${key.scopes.join(', ')}`));
  context.print(`\n  ${printable(key.key)}\n`);
  context.print('It is shown only now: put it where the program keeps its secrets.');
  context.print(`Next: curl -H "Authorization: Bearer $KEY" ${gateway.url}${firstPath(key.scopes)}`);
}

/** An address at which a key with these scopes is let in. */
function firstPath(scopes: readonly string[]): string {
  if (scopes.includes('read')) return '/v1/contacts';
  return scopes.includes('manage') ? '/v1/keys' : '/v1/notifications -d …';
}

/** Lists every API key, revoked ones too. */
export async function listKeys(options: { json?: boolean }, context: CommandContext): Promise<void> {
  const json = options.json === true;
  const gateway = findGateway(context);
  const found: ShownKey[] = [];
  let after: string | null = null;
  do {
    const query = new URLSearchParams({ limit: '500', ...(after === null ? {} : { after }) });
    const page: z.infer<typeof pageSchema> = await askGateway(gateway, `/v1/keys?${query}`, pageSchema, {
      json,
      context,
    });
    found.push(...page.data);
    after = page.next;
  } while (after !== null);

  if (json) {
    context.print(JSON.stringify({ data: found, next: null }, null, 2));
    return;
  }
  if (found.length === 0) {
    context.print('There is no key yet beside RECADO_ADMIN_KEY.');
    context.print('Next: npx recado keys create --name Django --scope read --scope send');
    return;
  }
  context.print(row('KEY', 'NAME', 'SCOPES', 'BEGINS', 'LAST USED'));
  for (const key of found) {
    context.print(row(key.id, key.name, key.scopes.join(' '), key.prefix, lastUse(key)));
  }
}

function lastUse({ revokedAt, lastUsedAt }: ShownKey): string {
  if (revokedAt !== null) return 'revoked';
  return lastUsedAt === null ? 'never' : shortLocalTime(lastUsedAt);
}

/** With two spaces between the columns, 79. */
function row(id: string, name: string, scopes: string, prefix: string, lastUsed: string): string {
  const cells = [cellText(id, 19), cellText(name, 14), cellText(scopes, 16), cellText(prefix, 11)];
  return [...cells, cellText(lastUsed, 11)].join('  ').trimEnd();
}

/** Revokes an API key for ever. */
export async function revokeKey(
  id: string,
  options: { json?: boolean },
  context: CommandContext,
): Promise<void> {
  const json = options.json === true;
  const answer = await callGateway(findGateway(context), `/v1/keys/${encodeURIComponent(id)}`, {
    method: 'DELETE',
  });
  const key = readAnswer(answer, keySchema, { json, context });
  if (json) context.print(JSON.stringify(key, null, 2));
  else context.print(printable(`Key ${key.id} "${key.name}" is revoked: within a second it is refused.`));
}

/** The value of a repeated `--scope`, added to the earlier ones. */
function collectScope(value: string, earlier: string[] | undefined): string[] {
  if (apiKeyScopes.some((scope) => scope === value)) return [...new Set([...(earlier ?? []), value])];
  throw wrongUsage(
    `--scope takes one of ${apiKeyScopes.join(', ')}; found "${printable(value)}".`,
    'Write it like this: --scope read --scope send',
  );
}

const scopesHelp = apiKeyScopes.map((scope) => `  ${scope.padEnd(8)}${scopeMeanings[scope]}`).join('\n');

export const defineKeys: DefineCommand = (command, context) => {
  command
    .addHelpText('after', `\nScopes, of which a key has one or more:\n${scopesHelp}`)
    .addHelpText(
      'after',
      examples(
        'npx recado keys create --name Django --scope read --scope send',
        'npx recado keys list',
        'npx recado keys revoke ak_01k9x2m4c7b8d3fq',
      ),
    )
    .usage('create|list|revoke [options]')
    .allowExcessArguments()
    .action(() => {
      const [what] = command.args;
      throw wrongUsage(
        what === undefined
          ? '`recado keys` wants to be told what to do: create, list or revoke.'
          : `\`recado keys\` knows create, list and revoke; found "${printable(what)}".`,
        'npx recado keys --help',
      );
    });
  defineCreate(command.command('create'), context);
  command
    .command('list')
    .description('List the keys, revoked ones too, and when they were last used.')
    .option('--json', 'answer in JSON')
    .addHelpText('after', examples('npx recado keys list', 'npx recado keys list --json'))
    .action((options: { json?: boolean }) => listKeys(options, context));
  command
    .command('revoke')
    .description('Refuse a key from now on, for ever.')
    .argument('<id>', 'the key, as `keys list` names it')
    .option('--json', 'answer in JSON')
    .addHelpText('after', examples('npx recado keys revoke ak_01k9x2m4c7b8d3fq'))
    .action((id: string, options: { json?: boolean }) => revokeKey(id, options, context));
};

function defineCreate(command: Command, context: CommandContext): void {
  command
    .description('Make a key for one program, and show it once.')
    .requiredOption('--name <words>', 'what you call it, such as the program that will use it')
    .requiredOption('--scope <scope>', 'read, send or manage; repeat it for several', collectScope)
    .option('--json', 'answer in JSON')
    .addHelpText(
      'after',
      examples(
        'npx recado keys create --name Django --scope read --scope send',
        'npx recado keys create --name backup --scope manage --json',
      ),
    )
    .action((options: CreateKeyOptions) => createKey(options, context));
}

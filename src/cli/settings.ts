import { z } from 'zod';
import { printable } from '../adapters/telemetry/printable.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { behaviourSettings } from '../domain/settings.ts';
import type { CommandContext } from './command-context.ts';
import { wrongUsage } from './command-error.ts';
import type { DefineCommand } from './commands.ts';
import { examples } from './examples.ts';
import { cellText } from './fit-text.ts';
import { callGateway, findGateway, parseObject } from './gateway-client.ts';
import { readAnswer } from './read-answer.ts';

/** The flags of every `settings` command. */
export type SettingsOptions = { json?: boolean };

/** As much of a setting as these commands show. */
const settingSchema = z.looseObject({
  name: z.string(),
  value: z.unknown(),
  default: z.unknown(),
  description: z.string(),
  expects: z.string(),
  updatedAt: z.string().nullable(),
  updatedBy: z.string().nullable(),
});
const pageSchema = z.looseObject({ data: z.array(settingSchema) });
type ShownSetting = z.infer<typeof settingSchema>;

/** Lists every setting with its value and what it decides. */
export async function listSettings(options: SettingsOptions, context: CommandContext): Promise<void> {
  const settings = await ask(options, context);
  if (options.json === true) {
    context.print(JSON.stringify({ data: settings, next: null }, null, 2));
    return;
  }
  for (const setting of settings) {
    const decided = setting.updatedAt === null ? '' : `  (default: ${shown(setting.default)})`;
    context.print(`${cellText(setting.name, 24)}  ${shown(setting.value)}${decided}`);
    context.print(`  ${printable(setting.description)}`);
  }
  context.print('\nNext: npx recado settings set <name> <value>');
}

/** Shows one setting. @throws CommandError when there is none of that name */
export async function getSetting(
  name: string,
  options: SettingsOptions,
  context: CommandContext,
): Promise<void> {
  showOne(named(await ask(options, context), name), options, context);
}

/** Decides one setting. @throws CommandError when the gateway does not take the value */
export async function setSetting(
  name: string,
  value: string,
  options: SettingsOptions,
  context: CommandContext,
): Promise<void> {
  const settings = await ask(options, context, { [name]: givenValue(name, value) });
  showOne(named(settings, name), options, context);
}

/** Gives one setting back its default. */
export async function resetSetting(
  name: string,
  options: SettingsOptions,
  context: CommandContext,
): Promise<void> {
  showOne(named(await ask(options, context, { [name]: null }), name), options, context);
}

async function ask(
  options: SettingsOptions,
  context: CommandContext,
  changes?: JsonObject,
): Promise<ShownSetting[]> {
  const answer = await callGateway(
    findGateway(context),
    '/v1/settings',
    changes === undefined ? {} : { method: 'PATCH', body: changes },
  );
  return readAnswer(answer, pageSchema, { json: options.json === true, context }).data;
}

/** A value as the API takes it: words with commas between them, a template as `name:language`. @throws CommandError when it is neither */
function givenValue(name: string, value: string): Json {
  const object = parseObject(value);
  if (object !== null) return object;
  if (Object.entries(behaviourSettings).some(([known, { kind }]) => known === name && kind === 'words')) {
    return value.split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]));
  }
  const template = /^([^:]+):([^:]+)$/.exec(value);
  const isTemplate = Object.entries(behaviourSettings).some(
    ([known, { kind }]) => known === name && kind === 'template',
  );
  if (!isTemplate) return value;
  if (template === null) {
    throw wrongUsage(
      `${name} takes a template as name:language, or as an object with both; found "${printable(value)}".`,
      `npx recado settings set ${name} interview_reminder:pt_BR`,
    );
  }
  return { name: template[1] ?? '', language: template[2] ?? '' };
}

function named(settings: readonly ShownSetting[], name: string): ShownSetting {
  const found = settings.find((setting) => setting.name === name);
  if (found !== undefined) return found;
  throw wrongUsage(
    `There is no setting ${name}. There are: ${settings.map((setting) => setting.name).join(', ')}.`,
    'npx recado settings list',
  );
}

function showOne(setting: ShownSetting, options: SettingsOptions, context: CommandContext): void {
  if (options.json === true) {
    context.print(JSON.stringify(setting, null, 2));
    return;
  }
  const { name, updatedAt, updatedBy } = setting;
  context.print(`${name}: ${shown(setting.value)}`);
  context.print(
    updatedAt === null
      ? 'This is the default.'
      : `Decided by ${printable(updatedBy ?? 'somebody')} at ${updatedAt}; the default is ${shown(setting.default)}.`,
  );
  context.print(printable(setting.description));
}

/** A value in words; it may hold what somebody wrote. */
function shown(value: unknown): string {
  if (value === null) return 'none';
  if (isJsonObject(value) && typeof value.name === 'string' && typeof value.language === 'string') {
    return printable(`${value.name}:${value.language}`);
  }
  if (Array.isArray(value)) return value.length === 0 ? 'none' : printable(value.join(', '));
  return printable(typeof value === 'string' ? value : JSON.stringify(value));
}

export const defineSettings: DefineCommand = (command, context) => {
  const json = ['--json', 'answer in JSON'] as const;
  command
    .helpCommand(false)
    .addHelpText(
      'after',
      examples(
        'npx recado settings list',
        'npx recado settings set unknownPatience "20 min"',
        'npx recado settings set defaultFallback interview_reminder:pt_BR',
        'npx recado settings reset defaultFallback',
      ),
    );
  command
    .command('list')
    .description('Every setting with its value and what it decides.')
    .option(...json)
    .addHelpText('after', examples('npx recado settings list --json'))
    .action((options: SettingsOptions) => listSettings(options, context));
  command
    .command('get')
    .description('One setting.')
    .argument('<name>', 'the setting’s name')
    .option(...json)
    .addHelpText('after', examples('npx recado settings get unknownPatience'))
    .action((name: string, options: SettingsOptions) => getSetting(name, options, context));
  command
    .command('set')
    .description('Decide one setting; in force at once.')
    .argument('<name>', 'the setting’s name')
    .argument('<value>', 'a time such as "20 min", a country such as BR, a template such as name:pt_BR')
    .option(...json)
    .addHelpText(
      'after',
      examples(
        'npx recado settings set unknownPatience "20 min"',
        'npx recado settings set defaultCountry BR',
        'npx recado settings set defaultFallback interview_reminder:pt_BR',
        'npx recado settings set optOutWords "Não quero mais, Fora da lista"',
      ),
    )
    .action((name: string, value: string, options: SettingsOptions) =>
      setSetting(name, value, options, context),
    );
  command
    .command('reset')
    .description('Give one setting back its default.')
    .argument('<name>', 'the setting’s name')
    .option(...json)
    .addHelpText('after', examples('npx recado settings reset unknownPatience'))
    .action((name: string, options: SettingsOptions) => resetSetting(name, options, context));
};

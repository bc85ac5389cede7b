import { randomBytes, randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import type { VisiblePhone } from '../ask-meta.ts';
import { checkValue } from '../config/check-value.ts';
import type { Config } from '../config/config.ts';
import { type EditedEnvFile, EnvFileError, editEnvFile } from '../config/edit-env-file.ts';
import { type MissingSetting, missingSettings } from '../config/missing-settings.ts';
import { type Mistake, mistakeFrom, mistakeParagraph, mistakeSentence } from '../config/mistake.ts';
import { parseEnvText } from '../config/parse-env-text.ts';
import { readConfig } from '../config/read-config.ts';
import { type SettingName, settingNamed, settings } from '../config/settings.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError, errorCode, wrongUsage } from './command-error.ts';
import type { DefineCommand } from './commands.ts';
import { readEnvFileForEdit, replaceEnvFile } from './env-file.ts';
import { examples } from './examples.ts';
import { type Choose, createLooking, type LookAround, type Looking } from './init-looking.ts';
import type { Ask } from './init-questions.ts';
import { describeInit } from './init-report.ts';
import { readSettingFile } from './read-setting-file.ts';

/** The flags of `init`. */
export type InitOptions = {
  yes?: boolean;
  appSecret?: string;
  accessToken?: string;
  phoneNumberId?: string;
  wabaId?: string;
  appId?: string;
  publicUrl?: string;
  dotenv?: string;
  replace?: string[];
  json?: boolean;
  appSecretFile?: string;
  accessTokenFile?: string;
  registrationPin?: string;
  registrationPinFile?: string;
  /** False: Meta is not asked what the access token can see. */
  askMeta?: boolean;
};

/** What `init` did, and what is left to do. */
export type InitResult = {
  file: string;
  written: string[];
  /** Names that were given in vain, because another value is there. */
  kept: string[];
  /** Sentences that a person should read. */
  remarks: string[];
  callbackUrl: string | null;
  verifyToken: string | null;
  /** The business phones that the access token can see, when Meta was asked. */
  phones: VisiblePhone[];
  missing: MissingSetting[];
  /** The command that comes next. */
  next: string;
};

/**
 * The values that come from Meta or from the person, in the order of the questions. Secrets have a flag that names a
 * file as well, because `ps` and the shell's history show what stands on the command line.
 */
const givenSettings = [
  { name: 'META_APP_SECRET', flag: '--app-secret', option: 'appSecret', file: 'appSecretFile' },
  { name: 'META_ACCESS_TOKEN', flag: '--access-token', option: 'accessToken', file: 'accessTokenFile' },
  { name: 'META_WABA_ID', flag: '--waba-id', option: 'wabaId', file: null },
  { name: 'META_PHONE_NUMBER_ID', flag: '--phone-number-id', option: 'phoneNumberId', file: null },
  { name: 'META_APP_ID', flag: '--app-id', option: 'appId', file: null },
  { name: 'PUBLIC_URL', flag: '--public-url', option: 'publicUrl', file: null },
  {
    name: 'META_REGISTRATION_PIN',
    flag: '--registration-pin',
    option: 'registrationPin',
    file: 'registrationPinFile',
  },
] as const satisfies readonly GivenSetting[];

type GivenSetting = {
  name: SettingName;
  flag: string;
  option: TextOption;
  /** The flag for a file, where the value is a secret. */
  file: TextOption | null;
};

type TextOption = 'publicUrl' | 'appId' | 'wabaId' | 'phoneNumberId' | SecretOption | `${SecretOption}File`;
type SecretOption = 'appSecret' | 'accessToken' | 'registrationPin';

/** The values that Recado makes itself: 32 random bytes each, and a PIN of six digits. */
const madeSettings = {
  META_WEBHOOK_VERIFY_TOKEN: () => randomBytes(32).toString('hex'),
  RECADO_ADMIN_KEY: () => `rk_${randomBytes(32).toString('base64url')}`,
  // Behind the new one, the old one still decrypts what it has encrypted.
  RECADO_ENCRYPTION_KEY: (before) =>
    [randomBytes(32).toString('hex'), ...(before === undefined ? [] : [before])].join(','),
  META_REGISTRATION_PIN: () => String(randomInt(1_000_000)).padStart(6, '0'),
} as const satisfies Partial<Record<SettingName, (before: string | undefined) => string>>;

/**
 * Writes what is missing into `.env`: makes the verify token, the admin key and the encryption key, takes the rest from flags or
 * questions, and touches nothing that is there.
 *
 * @param ask asks for what no flag gives; null to ask nothing
 * @param meta asks Meta what the access token can see; null to leave Meta alone
 * @throws CommandError when a value is wrong; then nothing is written
 */
export async function init(
  given: InitOptions,
  context: CommandContext,
  ask: Ask | null,
  meta: { lookAround: LookAround; choose: Choose | null } | null = null,
): Promise<InitResult> {
  const options = withFiles(given, context);
  const replace = options.replace ?? [];
  refuseStrangeReplacements(replace, options, ask);
  const file = await readEnvFileForEdit(resolve(context.folder, options.dotenv ?? '.env'));
  const present = parseEnvText(file.text);
  const known = { ...filled(context.environment), ...filled(present) };
  refuseWrongValues(options, known);
  const looking = meta === null ? null : createLooking(meta, context);
  const gathered = await gatherValues(options, known, ask, looking);
  const dialled = gathered['META_PHONE_NUMBER_ID'] ?? '';
  const idOfDialled = looking?.idOfNumber(dialled) ?? null;
  const values = idOfDialled === null ? gathered : { ...gathered, META_PHONE_NUMBER_ID: idOfDialled };
  const edited = editText(file.text, values, replace);
  const { config, remarks } = readBack(edited, context);
  if (idOfDialled !== null) {
    remarks.push(
      `${dialled} is the number that people dial; META_PHONE_NUMBER_ID is its id, ${idOfDialled}.`,
    );
  }
  remarks.push(...(looking?.remarks(config.meta) ?? []));
  if (edited.written.includes('META_REGISTRATION_PIN') && (options.registrationPin ?? '') === '') {
    remarks.push(
      'META_REGISTRATION_PIN was made up: a number without a two-step PIN gets it when it is registered. If yours has one, put that in: npx recado init --replace META_REGISTRATION_PIN --registration-pin-file <file>',
    );
  }
  if (edited.written.length > 0) {
    const mode = await replaceEnvFile(file, edited.text);
    if (file.existing !== null && file.existing.mode !== mode) {
      remarks.push(
        `Only you can read ${file.path} now (${octal(mode)}; it was ${octal(file.existing.mode)}).`,
      );
    }
  }
  for (const name of edited.written.filter((written) => isThere(context.environment, written))) {
    remarks.push(`${name} is also set in the environment, which beats .env.`);
  }
  const unwritten = edited.kept.filter((name) => values[name] !== present[name]);
  for (const name of unwritten.filter((kept) => isThere(present, `${kept}_FILE`))) {
    remarks.push(`${name}_FILE is set, so ${name} was not written.`);
  }
  return {
    file: file.path,
    written: edited.written,
    kept: unwritten.filter((name) => !isThere(present, `${name}_FILE`)),
    remarks,
    callbackUrl: config.publicUrl === null ? null : `${config.publicUrl}/webhooks/whatsapp/`,
    verifyToken: config.meta.verifyToken,
    phones: looking?.phones() ?? [],
    missing: missingSettings(config),
    next: `npx recado serve${options.dotenv === undefined ? '' : ` --dotenv ${options.dotenv}`}`,
  };
}

/** The values to write: what flags and answers give, and what Recado makes where nothing is yet. */
async function gatherValues(
  options: InitOptions,
  known: Readonly<Record<string, string | undefined>>,
  ask: Ask | null,
  looking: Looking | null,
): Promise<Record<string, string>> {
  const isWanted = (name: string) => !isThere(known, name) || (options.replace ?? []).includes(name);
  const values: Record<string, string> = {};
  // As it will be: Meta is asked with the token that stays, not with one that is given in vain.
  const inForce = () => ({
    ...known,
    ...Object.fromEntries(Object.entries(values).filter(([name]) => isWanted(name))),
  });
  for (const { name, option } of givenSettings) {
    const given = options[option]?.trim() ?? '';
    if (given !== '') values[name] = given;
  }
  for (const { name } of givenSettings) {
    if (values[name] !== undefined) continue;
    // Recado can make this one itself.
    if (Object.hasOwn(madeSettings, name) || !isWanted(name)) continue;
    const seen = (await looking?.valueOf(name, inForce())) ?? null;
    const answer = seen ?? (ask === null ? null : await askFor(name, ask, { ...known, ...values }));
    if (answer !== null) values[name] = answer;
  }
  await looking?.look(inForce());
  for (const [name, make] of Object.entries(madeSettings)) {
    if (isWanted(name) && values[name] === undefined) values[name] = make(known[name]);
  }
  return values;
}

/** The options with the values of those that name a file. @throws CommandError when one cannot be read */
function withFiles(options: InitOptions, context: CommandContext): InitOptions {
  const read: InitOptions = { ...options };
  for (const { flag, option, file } of givenSettings) {
    const path = file === null ? undefined : options[file];
    if (path === undefined) continue;
    if (options[option] !== undefined) {
      throw wrongUsage(`${flag} and ${flag}-file are both given.`, 'Give one of them.');
    }
    try {
      read[option] = readSettingFile(resolve(context.folder, path)).trim();
    } catch (error) {
      throw wrongUsage(
        `The file of ${flag}-file cannot be read (${errorCode(error) ?? (error instanceof Error ? error.message : 'unknown reason')}).`,
        'Check that it is a file that holds the value alone, and that you may read it.',
      );
    }
  }
  return read;
}

function filled(values: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => (value?.trim() ?? '') !== ''));
}

/** True when NAME or NAME_FILE has a value. */
function isThere(values: Readonly<Record<string, string | undefined>>, name: string): boolean {
  return [name, `${name}_FILE`].some((each) => (values[each]?.trim() ?? '') !== '');
}

function refuseStrangeReplacements(replace: readonly string[], options: InitOptions, ask: Ask | null): void {
  for (const name of replace) {
    if (Object.hasOwn(madeSettings, name)) continue;
    const setting = givenSettings.find((candidate) => candidate.name === name);
    if (setting === undefined) {
      const names = [...Object.keys(madeSettings), ...givenSettings.map((candidate) => candidate.name)];
      throw wrongUsage(
        `--replace ${name} names nothing that init writes.`,
        `Use one of ${names.join(', ')}.`,
      );
    }
    if (options[setting.option] === undefined && ask === null) {
      throw wrongUsage(`--replace ${name} needs the new value.`, `Add ${setting.flag} and the value.`);
    }
  }
}

/** Checks every value that is given, also one that is not written because another is there. */
function refuseWrongValues(options: InitOptions, known: Readonly<Record<string, string | undefined>>): void {
  const given: Record<string, string> = {};
  for (const { name, option } of givenSettings) {
    const value = options[option]?.trim() ?? '';
    if (value !== '') given[name] = value;
  }
  const others = (name: string) => given[name] ?? known[name] ?? null;
  const mistakes = Object.entries(given).flatMap(([name, value]) => {
    const setting = settingNamed(name);
    if (setting === null) return [];
    return checkValue(setting, value, others)
      .filter((finding) => finding.severity === 'mistake')
      .map((finding) => mistakeFrom(setting, flagOf(name), value, finding));
  });
  if (mistakes.length > 0) throw nothingWritten(mistakes);
}

function nothingWritten(mistakes: readonly Mistake[]): CommandError {
  return wrongUsage(
    ['Nothing was written, because a value is wrong.', ...mistakes.map(mistakeParagraph)]
      .join('\n\n')
      .concat('\n'),
    'Correct this and run the command again.',
  );
}

function askFor(
  name: SettingName,
  ask: Ask,
  others: Readonly<Record<string, string | undefined>>,
): Promise<string | null> {
  const setting = settingNamed(name);
  if (setting === null) return Promise.resolve(null);
  return ask(setting, (value) => {
    const findings = checkValue(setting, value, (other) => others[other] ?? null);
    const wrong = findings.find((finding) => finding.severity === 'mistake');
    if (wrong === undefined) return null;
    return `${wrong.found === undefined ? '' : `${wrong.found}; `}expected ${wrong.expected}. ${wrong.next}`;
  });
}

function editText(text: string, values: Record<string, string>, replace: readonly string[]): EditedEnvFile {
  try {
    return editEnvFile(text, values, replace);
  } catch (error) {
    if (!(error instanceof EnvFileError)) throw error;
    throw new CommandError(error.message, 'Correct the file or the value, then run `npx recado init` again.');
  }
}

/**
 * The configuration as `serve` will read it. A mistake in a value that is about to be written stops everything;
 * one in a line that was there before is only remarked, because `init` does not repair other people's lines.
 */
function readBack(edited: EditedEnvFile, context: CommandContext): { config: Config; remarks: string[] } {
  const { written } = edited;
  const sources = {
    // What is written is checked itself, even where the environment will beat it.
    environment: Object.fromEntries(
      Object.entries(context.environment).filter(([name]) => !written.includes(name.replace(/_FILE$/, ''))),
    ),
    dotenv: edited.text,
    readFile: (path: string) => readSettingFile(resolve(context.folder, path)),
  };
  const reading = readConfig(sources);
  if (reading.ok) return { config: reading.config, remarks: reading.warnings };
  const { mistakes } = reading;
  const own = mistakes
    .filter((mistake) => written.includes(mistake.setting))
    .map((mistake) => ({ ...mistake, source: flagOf(mistake.setting) }));
  const wrong = mistakes.map((mistake) => mistake.setting.replace(/_FILE$/, ''));
  const right = settings.map((setting) => setting.name).filter((name) => !wrong.includes(name));
  const rest = readConfig({ ...sources, only: right });
  if (own.length === 0 && rest.ok) {
    return { config: rest.config, remarks: [...mistakes.map(mistakeSentence), ...reading.warnings] };
  }
  throw nothingWritten(own);
}

function flagOf(name: string): string {
  return givenSettings.find((setting) => setting.name === name)?.flag ?? 'init';
}

function octal(mode: number): string {
  return `0${mode.toString(8)}`;
}

export const defineInit: DefineCommand = (command, context) => {
  for (const { name, flag, file } of givenSettings) {
    command.option(`${flag} <value>`, `${settingNamed(name)?.about} (${name})`);
    if (file !== null)
      command.option(`${flag}-file <file>`, `the same, from a file that holds it alone (${name})`);
  }
  command
    .option(
      '--replace <name...>',
      'put a new value in the place of the one that is there, such as META_APP_SECRET',
    )
    .option('--no-ask-meta', 'do not ask Meta what the access token is and can see')
    .option('--dotenv <file>', 'write this file instead of .env')
    .option('-y, --yes', 'ask nothing')
    .option('--json', 'ask nothing, answer in JSON')
    .addHelpText(
      'after',
      examples(
        'npx recado init',
        'npx recado init --yes --app-secret-file secret.txt --access-token-file token.txt --public-url https://api.example.com',
        'npx recado init --replace META_WEBHOOK_VERIFY_TOKEN',
      ),
    )
    .action(async (options: InitOptions) => {
      const mayAsk = context.terminal && options.yes !== true && options.json !== true;
      const questions = mayAsk ? await import('./init-questions.ts') : null;
      questions?.introduceQuestions();
      const meta =
        options.askMeta === false
          ? null
          : {
              lookAround: (await import('../ask-meta.ts')).lookAroundAtMeta,
              choose: questions?.chooseOnTerminal ?? null,
            };
      const result = await init(options, context, questions?.askOnTerminal ?? null, meta);
      context.print(options.json === true ? JSON.stringify(result, null, 2) : describeInit(result));
    });
};

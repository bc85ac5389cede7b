import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { pinForm } from '../domain/registration.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError, errorCode, wrongUsage } from './command-error.ts';
import type { DefineCommand } from './commands.ts';
import { examples } from './examples.ts';
import { callGateway, findGateway, type GatewayAddress } from './gateway-client.ts';
import { askGateway, readAnswer } from './read-answer.ts';

/** The flags of `register`. */
export type RegisterOptions = { pinFile?: string; json?: boolean };

const phoneSchema = z.looseObject({ id: z.string(), default: z.boolean() });
const pageSchema = z.looseObject({ data: z.array(phoneSchema), next: z.string().nullable() });

/** Registers a business phone on the Cloud API: the cure of #133010. */
export async function register(
  id: string | undefined,
  options: RegisterOptions,
  context: CommandContext,
): Promise<void> {
  const gateway = findGateway(context);
  const json = options.json === true;
  const pin = options.pinFile === undefined ? undefined : readPin(options.pinFile, context);
  const phone = id ?? (await defaultPhone(gateway, json, context));
  const path = `/v1/business-phones/${encodeURIComponent(phone)}/register`;
  const body = pin === undefined ? {} : { pin };
  const answer = await callGateway(gateway, path, { method: 'POST', body });
  const registered: z.infer<typeof phoneSchema> = readAnswer(answer, phoneSchema, { json, context });
  if (json) {
    context.print(JSON.stringify(registered, null, 2));
    return;
  }
  context.print(`Business phone ${registered.id} is registered on the Cloud API.`);
  context.print(
    'What failed before is not sent again by itself.\nNext: npx recado send --to <number> --text "Hello"',
  );
}

async function defaultPhone(
  gateway: GatewayAddress,
  json: boolean,
  context: CommandContext,
): Promise<string> {
  const page = await askGateway(gateway, '/v1/business-phones?limit=500', pageSchema, { json, context });
  const phone = page.data.find((candidate) => candidate.default);
  if (phone !== undefined) return phone.id;
  throw new CommandError(
    'No business phone is configured.',
    'Set META_PHONE_NUMBER_ID and restart, or add one: npx recado phones add <id>',
  );
}

/** @throws CommandError when the file cannot be read, or holds anything but a PIN */
function readPin(file: string, context: CommandContext): string {
  let text: string;
  try {
    text = readFileSync(resolve(context.folder, file), 'utf8').trim();
  } catch (error) {
    throw new CommandError(
      `The file ${file} cannot be read (${errorCode(error) ?? 'unknown reason'}).`,
      'Give a file that holds the PIN alone.',
    );
  }
  if (pinForm.test(text)) return text;
  throw wrongUsage(
    `The file ${file} does not hold a PIN: six digits alone were expected.`,
    'echo 212834 > pin.txt',
  );
}

export const defineRegister: DefineCommand = (command, context) => {
  command
    .argument('[id]', 'Meta’s phone number id; the default business phone when not told')
    .option(
      '--pin-file <file>',
      'a file that holds the two-step PIN; META_REGISTRATION_PIN of the gateway when not told',
    )
    .option('--json', 'answer in JSON')
    .addHelpText(
      'after',
      `\nMeta allows ten such calls in 72 hours; Recado counts them and makes no eleventh.\n${examples(
        'npx recado register',
        'npx recado register 200100200100200 --pin-file pin.txt',
      )}`,
    )
    .action((id: string | undefined, options: RegisterOptions) => register(id, options, context));
};

import { z } from 'zod';
import { printable } from '../adapters/telemetry/printable.ts';
import type { CommandContext } from './command-context.ts';
import type { DefineCommand } from './commands.ts';
import { examples } from './examples.ts';
import { callGateway, findGateway } from './gateway-client.ts';
import { readAnswer } from './read-answer.ts';

/** The flags of `contacts opt-out` and `contacts opt-in`. */
type OptOutOptions = { reason?: string; businessPhone?: string; json?: boolean };

const optOutsSchema = z.looseObject({ data: z.array(z.looseObject({ purpose: z.string() })) });

/** Opts a person out of marketing messages. */
async function optOut(who: string, options: OptOutOptions, context: CommandContext): Promise<void> {
  const body = { evidence: options.reason ?? 'The command line was told so.' };
  await change(who, { method: 'POST', body }, options, context);
  if (options.json === true) return;
  context.print(
    `${printable(who)} gets no marketing messages from now on.\nNext: npx recado contacts opt-in ${printable(who)}, when they want them again`,
  );
}

/** Opts a person in to marketing messages again. */
async function optIn(who: string, options: OptOutOptions, context: CommandContext): Promise<void> {
  await change(who, { method: 'DELETE' }, options, context);
  if (options.json === true) return;
  context.print(`${printable(who)} may get marketing messages again.`);
}

async function change(
  who: string,
  request: Parameters<typeof callGateway>[2],
  { businessPhone, json = false }: OptOutOptions,
  context: CommandContext,
): Promise<void> {
  const query = businessPhone === undefined ? '' : `?${new URLSearchParams({ businessPhone })}`;
  const path = `/v1/contacts/${encodeURIComponent(who)}/opt-outs${query}`;
  const answer = await callGateway(findGateway(context), path, request);
  const body = readAnswer(answer, optOutsSchema, { json, context });
  if (json) context.print(JSON.stringify(body, null, 2));
}

/** Adds both to `contacts`. */
export const defineOptOuts: DefineCommand = (command, context) => {
  command
    .command('opt-out')
    .description('Keep that a person wants no marketing messages; such notifications are refused.')
    .argument('<who>', 'a contact’s id, or a number with its country code: people who never wrote count too')
    .option('--reason <words>', 'how you know it')
    .option('--business-phone <id>', 'of which business phone, for a number; the default when not told')
    .option('--json', 'answer in JSON')
    .addHelpText(
      'after',
      examples(
        'npx recado contacts opt-out ct_01k9x2m4c7b8d3fq --reason "Told us at the counter"',
        'npx recado contacts opt-out "+55 85 8765-4321"',
      ),
    )
    .action((who: string, options: OptOutOptions) => optOut(who, options, context));
  command
    .command('opt-in')
    .description('Keep that a person wants marketing messages again. Only when they said so.')
    .argument('<who>', 'a contact’s id, or a number with its country code')
    .option('--business-phone <id>', 'of which business phone, for a number; the default when not told')
    .option('--json', 'answer in JSON')
    .addHelpText('after', examples('npx recado contacts opt-in ct_01k9x2m4c7b8d3fq'))
    .action((who: string, options: OptOutOptions) => optIn(who, options, context));
};

import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { JsonObject } from '../domain/json.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError, wrongUsage } from './command-error.ts';
import type { DefineCommand } from './commands.ts';
import { examples } from './examples.ts';
import { callGateway, findGateway } from './gateway-client.ts';
import { askGateway, readAnswer } from './read-answer.ts';

/** The flags of `reread`. */
export type RereadOptions = { since?: string; webhook?: string; dryRun?: boolean; json?: boolean };

const runSchema = z.looseObject({
  state: z.string(),
  dryRun: z.boolean(),
  total: z.number(),
  webhooks: z.number(),
  upgraded: z.number(),
  found: z.number(),
  skipped: z.number(),
  kinds: z.record(z.string(), z.number()),
});
type ShownRun = z.infer<typeof runSchema>;

/** How often the command looks, in milliseconds. */
const GLANCE = 250;

/** Has the gateway read stored webhooks again, waits for the end and prints what was understood better. */
export async function reread(options: RereadOptions, context: CommandContext): Promise<void> {
  const json = options.json === true;
  const body = requestBody(options);
  const gateway = findGateway(context);
  const started = await callGateway(gateway, '/v1/reread', { method: 'POST', body });
  let run = readAnswer(started, runSchema, { json, context });
  while (run.state === 'running') {
    await pause(GLANCE);
    run = await askGateway(gateway, '/v1/reread', runSchema, { json, context });
    if (context.terminal && !json)
      process.stderr.write(`\rReading   ${run.webhooks} of ${run.total}\u001b[K`);
  }
  if (context.terminal && !json) process.stderr.write('\r\u001b[K');
  if (json) context.print(JSON.stringify(run, null, 2));
  else report(run, context);
  if (run.state !== 'done') {
    throw new CommandError(
      `The re-reading ${run.state === 'stopped' ? 'was stopped with the gateway' : 'failed'} after ${run.webhooks} of ${run.total} webhooks.`,
      'Look in the gateway’s log, then run this again: what is done already is not done twice.',
    );
  }
}

function report(run: ShownRun, context: CommandContext): void {
  const would = run.dryRun ? 'would be ' : '';
  const kinds = Object.entries(run.kinds).map(([kind, count]) => `${count} ${kind}`);
  context.print(
    `Read      ${run.webhooks} stored webhooks${run.dryRun ? ' (dry run: nothing is changed)' : ''}`,
  );
  context.print(`Upgraded  ${run.upgraded} events ${would}better understood`);
  context.print(`Found     ${run.found} events ${would}new at the end of the feed`);
  if (kinds.length > 0) context.print(`Of these  ${kinds.join(', ')}`);
  if (run.skipped > 0)
    context.print(`Skipped   ${run.skipped} webhooks that cannot be kept as they are read now`);
  if (run.upgraded + run.found === 0)
    context.print('Next: nothing; this version understands all of it as before.');
  else context.print(run.dryRun ? 'Next: npx recado reread' : 'Next: npx recado contacts');
}

function requestBody({ since, webhook, dryRun }: RereadOptions): JsonObject {
  return {
    ...(since === undefined ? {} : { since: readTime(since) }),
    ...(webhook === undefined ? {} : { webhook: readNumber(webhook) }),
    ...(dryRun === true ? { dryRun } : {}),
  };
}

/** A day is taken as it begins on this machine's clock. */
function readTime(text: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const time = Date.parse(isDay ? `${text}T00:00:00` : text);
  const isTime = isDay || /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/.test(text);
  if (isTime && !Number.isNaN(time)) return new Date(time).toISOString();
  throw wrongUsage(
    `--since takes a day or a time; found "${text}".`,
    'Write it like this: --since 2026-11-20, or --since 2026-11-20T14:00:00-03:00',
  );
}

function readNumber(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw wrongUsage(
    `--webhook takes the number of a webhook; found "${text}".`,
    'The line "Webhook received" of the log names it: npx recado reread --webhook 17',
  );
}

export const defineReread: DefineCommand = (command, context) => {
  command
    .option('--since <time>', 'only webhooks received at or after this day or time')
    .option('--webhook <number>', 'only this webhook, by its number in the log')
    .option('--dry-run', 'find out what would change, and change nothing')
    .option('--json', 'answer in JSON')
    .addHelpText(
      'after',
      examples(
        'npx recado reread --dry-run',
        'npx recado reread --since 2026-11-20',
        'npx recado reread --webhook 17',
      ),
    )
    .action((options: RereadOptions) => reread(options, context));
};

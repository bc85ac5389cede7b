import { z } from 'zod';
import type { CommandContext } from './command-context.ts';
import type { DefineCommand } from './commands.ts';
import { examples } from './examples.ts';
import { cellText } from './fit-text.ts';
import { findGateway } from './gateway-client.ts';
import { askGateway } from './read-answer.ts';

/** The flags of `costs`. */
export type CostsOptions = { month?: string; businessPhone?: string; json?: boolean };

const amountSchema = z.looseObject({ amount: z.string(), currency: z.string() });
const costsSchema = z.looseObject({
  month: z.string(),
  data: z.array(
    z.looseObject({
      category: z.string().nullable(),
      type: z.string().nullable(),
      unit: z.string(),
      charged: z.number(),
      free: z.number(),
      unknown: z.number(),
      failed: z.number(),
      estimate: amountSchema.nullable(),
    }),
  ),
  estimates: z.array(amountSchema),
  unpriced: z.number(),
});
type ShownCosts = z.infer<typeof costsSchema>;

/** Counts what Meta told of what is charged in a month. */
export async function costs(options: CostsOptions, context: CommandContext): Promise<void> {
  const { month, businessPhone } = options;
  const json = options.json === true;
  const query = new URLSearchParams({
    ...(month === undefined ? {} : { month }),
    ...(businessPhone === undefined ? {} : { businessPhone }),
  });
  const found = await askGateway(findGateway(context), `/v1/costs?${query}`, costsSchema, { json, context });
  if (json) {
    context.print(JSON.stringify(found, null, 2));
    return;
  }
  if (found.data.length === 0) {
    context.print(
      `Meta told of no price in ${found.month}.\nNext: npx recado costs --month 2026-10, for another month`,
    );
    return;
  }
  context.print(row('CATEGORY', 'PRICING TYPE', 'CHARGED', 'FREE', 'UNKNOWN', 'FAILED', 'ESTIMATE'));
  for (const line of found.data) {
    const { category, type, charged, free, unknown, failed, estimate } = line;
    const unit = line.unit === 'conversation' ? ' conv.' : '';
    context.print(
      row(
        category ?? '–',
        type ?? '–',
        `${charged}${unit}`,
        String(free),
        String(unknown),
        String(failed),
        estimate === null ? '–' : amountOf(estimate),
      ),
    );
  }
  context.print(`\n${summaryOf(found)}`);
}

function summaryOf({ month, data, estimates, unpriced }: ShownCosts): string {
  const failed = data.reduce((sum, line) => sum + line.failed, 0);
  const apart = failed === 0 ? '' : ` Priced, but failed: ${failed}, which no other number counts.`;
  const counted = `Counted in ${month}, UTC, as Meta told with the statuses. Meta sends no amounts: its invoice decides.${apart}`;
  const next =
    'Next: npx recado settings set prices \'{"utility":{"price":"0.0068","currency":"USD"}}\', with the prices of your country';
  if (estimates.length === 0) return `${counted}\n${next}`;
  const missing = unpriced === 0 ? '' : `, without ${unpriced} that have no price`;
  const estimate = `Estimate: ${estimates.map(amountOf).join(' + ')}${missing}, at the prices of the setting \`prices\`.`;
  return unpriced === 0 ? `${estimate}\n${counted}` : `${estimate}\n${counted}\n${next}`;
}

function amountOf({ amount, currency }: z.infer<typeof amountSchema>): string {
  return `${amount} ${currency}`;
}

function row(
  ...[category = '', type = '', charged = '', free = '', unknown = '', failed = '', estimate = '']: string[]
) {
  return [
    cellText(category, 28),
    cellText(type, 22),
    cellText(charged, 10),
    cellText(free, 6),
    cellText(unknown, 7),
    cellText(failed, 6),
    cellText(estimate, 16),
  ]
    .join('  ')
    .trimEnd();
}

export const defineCosts: DefineCommand = (command, context) => {
  command
    .option('--month <month>', 'which month, in UTC, such as 2026-11; the present one when not told')
    .option('--business-phone <id>', 'only this business phone')
    .option('--json', 'answer in JSON')
    .addHelpText('after', examples('npx recado costs', 'npx recado costs --month 2026-11 --json'))
    .action((options: CostsOptions) => costs(options, context));
};

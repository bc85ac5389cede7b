import { z } from 'zod';
import { wordOf } from './value.ts';

const amountSchema = z
  .object({
    amount: z.string().meta({ description: 'A decimal number.', examples: ['12.34'] }),
    currency: z.string().meta({ description: 'Three capital letters.', examples: ['USD'] }),
  })
  .meta({ id: 'Amount', description: 'An amount of money.' });

const nullableText = (description: string) => z.string().nullable().meta({ description });

const costLineSchema = z
  .object({
    category: nullableText('Meta’s category, such as `utility`; null when Meta told none.'),
    type: nullableText('Meta’s pricing type, such as `regular` or `free_customer_service`.'),
    model: nullableText('`PMP`: each message is charged. `CBP`: each conversation was, until July 2025.'),
    unit: wordOf(['message', 'conversation'], 'What is counted.'),
    charged: z.int().meta({ description: 'How many Meta charges.' }),
    free: z.int().meta({ description: 'How many are free.' }),
    unknown: z.int().meta({ description: 'How many Meta told neither of.' }),
    failed: z.int().meta({
      description:
        'How many messages Meta priced although they failed in the end. They are in none of the other numbers: only the invoice says whether they are paid.',
    }),
    estimate: amountSchema
      .nullable()
      .meta({ description: 'The charged ones at your own price; null when `prices` has none.' }),
  })
  .meta({ id: 'CostLine', description: 'What was charged of one category and pricing type.' });

/** What a month cost. */
export const costsSchema = z
  .object({
    month: z.string().meta({ description: 'The month, in UTC.', examples: ['2026-11'] }),
    businessPhoneId: nullableText('The business phone; null for all together.'),
    data: z.array(costLineSchema).meta({ description: 'A line for each category, pricing type and model.' }),
    estimates: z.array(amountSchema).meta({
      description:
        'An estimate for each currency, from the setting `prices`. Meta sends no amounts: only its invoice says what is paid.',
    }),
    unpriced: z
      .int()
      .meta({ description: 'How many charged ones the estimates leave out: no price is set.' }),
  })
  .meta({
    id: 'Costs',
    description: 'What Meta told with statuses about what is charged in a month. Amounts are estimates only.',
  });

/** The query of GET /v1/costs. */
export const costQuerySchema = z.strictObject({
  month: z
    .string()
    .regex(/^20\d{2}-(0[1-9]|1[0-2])$/, { error: 'must be a month such as `2026-11`' })
    .optional()
    .meta({ description: 'The month, in UTC; the present one when left out.', examples: ['2026-11'] }),
  businessPhone: z
    .string()
    .regex(/^\d{1,32}$/, { error: 'must be Meta’s phone_number_id, digits only' })
    .optional()
    .meta({ description: 'Only this business phone, by Meta’s `phone_number_id`.' }),
});

/** The costs in an answer. */
export type CostsBody = z.infer<typeof costsSchema>;

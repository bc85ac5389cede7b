import * as z from 'zod';

const names = z.array(z.string()).transform((list) => new Set(list));

/** Conditions as data: over HTTP, and in scenarios. */
export const conditionsForm = z.strictObject({
  paymentProblem: z.boolean().exactOptional(),
  maintenance: z.boolean().exactOptional(),
  spamLimited: z.boolean().exactOptional(),
  restrictedCountries: names.exactOptional(),
  blockedByBusiness: names.exactOptional(),
  unreachable: names.exactOptional(),
  experiment: names.exactOptional(),
  marketingPerPerson: z.int().min(0).nullable().exactOptional(),
  messagingLimit: z.boolean().exactOptional(),
});

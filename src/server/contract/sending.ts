import { z } from 'zod';
import { instant } from './time.ts';

/** Whether messages leave, as the API shows it. */
export const sendingSchema = z
  .object({
    stopped: z.boolean().meta({ description: 'True while nothing is handed to Meta.' }),
    decidedAt: instant('When it was last stopped or started; null when never.').nullable(),
    decidedBy: z.string().nullable().meta({ description: 'The name of the API key that decided it.' }),
  })
  .meta({ id: 'Sending', description: 'The emergency brake of all sending.' });

/** Whether messages leave, in an answer. */
export type SendingBody = z.infer<typeof sendingSchema>;

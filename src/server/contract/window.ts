import { z } from 'zod';
import { instant } from './time.ts';

/** The 24-hour customer service window of a conversation, as the API shows it. */
export const windowSchema = z
  .object({
    open: z.boolean().meta({ description: 'True while free-form messages are allowed.' }),
    closesAt: instant('When it closes or closed; null when they never wrote.').nullable(),
  })
  .meta({ id: 'Window', description: 'The 24-hour customer service window of a conversation.' });

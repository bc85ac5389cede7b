import { z } from 'zod';
import { apiKeyScopes } from '../../domain/api-key.ts';
import { instant } from './time.ts';
import { wordOf } from './value.ts';

/** The body of POST /v1/session. */
export const sessionRequestSchema = z
  .strictObject({
    key: z
      .string()
      .min(1)
      .max(1024)
      .meta({ description: 'An API key, or RECADO_ADMIN_KEY.', examples: ['rk_dG8xQz…'] }),
  })
  .meta({ id: 'SessionRequest', description: 'A login.' });

/** A session that began. Its secret is in the cookie alone. */
export const sessionSchema = z
  .object({
    name: z.string().meta({ description: 'The name of the key.', examples: ['Ana’s browser'] }),
    scopes: z
      .array(wordOf(apiKeyScopes, 'A scope.'))
      .meta({ description: 'What the session allows: what its key allows.' }),
    expiresAt: instant('When it ends, if not before.'),
  })
  .meta({ id: 'Session', description: 'A session of a browser.' });

/** Who asks, and when. */
export const whoSchema = z
  .object({
    name: z.string().meta({ description: 'The name of the key.', examples: ['Ana’s browser'] }),
    scopes: z.array(wordOf(apiKeyScopes, 'A scope.')).meta({ description: 'What it allows.' }),
    now: instant('The time by Recado’s clock, which windows and retries go by.'),
  })
  .meta({ id: 'Who', description: 'Whose key or session a request carries.' });

/** Who asks, in an answer. */
export type WhoBody = z.infer<typeof whoSchema>;

/** A session in an answer. */
export type SessionBody = z.infer<typeof sessionSchema>;

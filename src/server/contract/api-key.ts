import { z } from 'zod';
import { apiKeyScopes, scopeMeanings } from '../../domain/api-key.ts';
import { pageOf, pageQuery } from './page.ts';
import { instant } from './time.ts';
import { filledText, wordOf } from './value.ts';

const meanings = apiKeyScopes.map((scope) => `\`${scope}\`: ${scopeMeanings[scope]}`).join(' ');

const members = {
  id: z.string().meta({ description: 'Its id.', examples: ['ak_01k9x2m4c7b8d3fq'] }),
  name: z.string().meta({ description: 'What you call it.', examples: ['Django'] }),
  scopes: z
    .array(wordOf(apiKeyScopes, 'A scope.'))
    .meta({ description: `What it allows. ${meanings}`, examples: [['read', 'send']] }),
  prefix: z
    .string()
    .meta({ description: 'How its text begins, to recognise it by.', examples: ['rk_dG8xQz'] }),
  createdAt: instant('When it was made.'),
  lastUsedAt: instant('When it was last used, to the minute; null when it never was.').nullable(),
  revokedAt: instant('Since when it is refused; null while it is good.').nullable(),
};

/** An API key as the API shows it, for ever without its text. */
export const apiKeySchema = z
  .object(members)
  .meta({ id: 'ApiKey', description: 'A key of the API. Its text is not kept.' });

/** A new API key: the only answer that holds its text. */
export const newApiKeySchema = z
  .object({
    ...members,
    key: z.string().meta({
      description: 'Its text, for `Authorization: Bearer`. It is shown only now.',
      examples: ['rk_dG8xQz…'],
    }),
  })
  .meta({ id: 'NewApiKey', description: 'A key of the API with its text, which is not kept.' });

/** The body of POST /v1/keys. */
export const apiKeyRequestSchema = z
  .strictObject({
    name: filledText(100)
      .regex(/^[^\p{Cc}"`$\\]*$/u, { error: 'must have no control characters and none of " ` $ \\' })
      .meta({ description: 'What you call it, such as the program that will use it.', examples: ['Django'] }),
    scopes: z
      .array(z.enum(apiKeyScopes))
      .min(1)
      .max(apiKeyScopes.length)
      .transform((scopes) => apiKeyScopes.filter((scope) => scopes.includes(scope)))
      .meta({
        description: `What it shall allow, at most what the key of this request allows. ${meanings}`,
        examples: [['read', 'send']],
      }),
  })
  .meta({ id: 'ApiKeyRequest', description: 'A key to be made.' });

/** The query of GET /v1/keys. */
export const apiKeyQuerySchema = z.strictObject(pageQuery);

/** A page of API keys. */
export const apiKeyPageSchema = pageOf('ApiKeyPage', apiKeySchema, 'API keys.');

/** An API key in an answer. */
export type ApiKeyBody = z.infer<typeof apiKeySchema>;

/** A new API key in an answer. */
export type NewApiKeyBody = z.infer<typeof newApiKeySchema>;

/** A page of API keys in an answer. */
export type ApiKeyPageBody = z.infer<typeof apiKeyPageSchema>;

import { z } from 'zod';
import { orderQuery, pageOf, pageQuery } from './page.ts';
import { instant } from './time.ts';
import { anyJson } from './value.ts';

/** An entry of the audit log as the API shows it. */
const auditEntrySchema = z
  .object({
    id: z.string().meta({ description: 'Its id.', examples: ['au_0000000000000001'] }),
    at: instant('When it was changed.'),
    actor: z
      .object({
        id: z.string().meta({
          description:
            'The id of an API key, `admin` for RECADO_ADMIN_KEY, `session` for the page of the sandbox, `command` for a command such as `recado restore`.',
          examples: ['ak_01k9x2m4c7b8d3fq'],
        }),
        name: z.string().meta({ description: 'Its name at that time.', examples: ['Django'] }),
      })
      .meta({ description: 'Who changed it.' }),
    action: z.string().meta({
      description: 'What was done, as a stable word for programs; more may come.',
      examples: ['api-key.created'],
    }),
    subject: z.string().meta({ description: 'What was changed.', examples: ['ak_01k9x2m4c7b8d3fq'] }),
    detail: z
      .record(z.string(), anyJson('Any value.'))
      .meta({ description: 'More about the change. Never a secret.' }),
  })
  .meta({ id: 'AuditEntry', description: 'One change, and who made it.' });

/** The query of GET /v1/audit. */
export const auditQuerySchema = z.strictObject({ ...pageQuery, ...orderQuery });

/** A page of the audit log. */
export const auditPageSchema = pageOf('AuditPage', auditEntrySchema, 'Entries of the audit log.');

/** An entry of the audit log in an answer. */
export type AuditEntryBody = z.infer<typeof auditEntrySchema>;

/** A page of the audit log in an answer. */
export type AuditPageBody = z.infer<typeof auditPageSchema>;

import { z } from 'zod';

/** The answer of GET /healthz: the process runs. */
export const healthSchema = z
  .object({ status: z.literal('ok').meta({ description: 'Always `ok`.' }) })
  .meta({ id: 'Health', description: 'The process runs and answers.' });

/** The answer of GET /readyz: whether it can do its work. */
export const readinessSchema = z
  .object({
    status: z.enum(['ready', 'not-ready']).meta({ description: '`ready` when every check is ok.' }),
    checks: z
      .record(
        z.string(),
        z.object({
          ok: z.boolean().meta({ description: 'Whether this part works.' }),
          detail: z.string().meta({ description: 'What was found.' }),
        }),
      )
      .meta({ description: 'Every part that is needed, by name.' }),
  })
  .meta({ id: 'Readiness', description: 'Whether Recado can do its work now.' });

/** The answer of GET /readyz. */
export type ReadinessBody = z.infer<typeof readinessSchema>;

import type { AuditRecord } from '../../domain/audit.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import {
  type AuditEntryBody,
  type AuditPageBody,
  auditPageSchema,
  auditQuerySchema,
} from '../contract/audit.ts';
import { idCursor, readPage } from '../page.ts';
import { isoTime } from '../representations/time.ts';
import type { Api } from '../typed-fastify.ts';

/** What the route of the audit log needs. */
export type AuditPorts = {
  /** At most `limit`, in the order of the changes behind the number `after`, 0 for the start; or from it backwards. */
  listAudit(query: { after: number; limit: number; newest?: boolean }): Promise<AuditRecord[]>;
};

/** GET /v1/audit: who changed what. */
export function auditRoutes(api: Api, ports: AuditPorts): void {
  api.get(
    '/audit',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags: ['Access'],
        operationId: 'listAudit',
        summary: 'Read the audit log',
        description: 'Who changed what, in the order of the changes. It holds no secrets and no messages.',
        querystring: auditQuerySchema,
        response: {
          200: answerOf(auditPageSchema, 'A page of the audit log.'),
          ...problemAnswers(400, 401, 500),
        },
      },
    },
    async (request): Promise<AuditPageBody> => {
      const newest = request.query.order === 'newest';
      const start = newest ? Number.MAX_SAFE_INTEGER : 0;
      const after = idCursor('au', request.query.after);
      const { rows, next } = await readPage(
        request.query.limit,
        (limit) => ports.listAudit({ after: after === null ? start : numberOf(after), limit, newest }),
        auditId,
      );
      return { data: rows.map(auditBody), next };
    },
  );
}

function auditBody(entry: AuditRecord): AuditEntryBody {
  const { action, subject, detail, actor } = entry;
  return { id: auditId(entry), at: isoTime(entry.at), actor, action, subject, detail };
}

function auditId({ number }: AuditRecord): string {
  return `au_${String(number).padStart(16, '0')}`;
}

/** The number in an id. One that was never given out leads to the end of the list, if it is no number at all. */
function numberOf(id: string): number {
  const number = Number(id.slice('au_'.length));
  return Number.isSafeInteger(number) ? number : Number.MAX_SAFE_INTEGER;
}

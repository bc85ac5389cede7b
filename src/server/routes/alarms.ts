import type { Alarm } from '../../domain/alarm.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import { type AlarmPageBody, alarmPageSchema, alarmQuerySchema } from '../contract/alarm.ts';
import { idCursor, readPage } from '../page.ts';
import { alarmBody } from '../representations/alarm.ts';
import type { Api } from '../typed-fastify.ts';

/** What the route of alarms needs. */
export type AlarmPorts = {
  /** At most `limit` behind the alarm `after`: open ones first, then resolved ones, the newest first in each. */
  listAlarms(query: { after: string | null; limit: number }): Promise<Alarm[]>;
};

/** GET /v1/alarms: what needs a person now, and what did before. */
export function alarmRoutes(api: Api, ports: AlarmPorts): void {
  api.get(
    '/alarms',
    {
      config: { scopes: ['read'] },
      schema: {
        tags: ['Alarms'],
        operationId: 'listAlarms',
        summary: 'List alarms',
        description:
          'What needs a person now, and below it what did before: open alarms first, then resolved ones, the newest first in each. An alarm resolves by itself when its cause is gone.',
        querystring: alarmQuerySchema,
        response: { 200: answerOf(alarmPageSchema, 'A page of alarms.'), ...problemAnswers(400, 401, 500) },
      },
    },
    async (request): Promise<AlarmPageBody> => {
      const after = idCursor('al', request.query.after);
      const { rows, next } = await readPage(
        request.query.limit,
        (limit) => ports.listAlarms({ after, limit }),
        ({ id }) => id,
      );
      return { data: rows.map(alarmBody), next };
    },
  );
}

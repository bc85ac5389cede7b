import type { FastifyRequest } from 'fastify';
import type { LiveSettings } from '../../flows/live-settings.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import { callerOf } from '../caller.ts';
import { type SendingBody, sendingSchema } from '../contract/sending.ts';
import { isoTimeOrNull } from '../representations/time.ts';
import type { Api } from '../typed-fastify.ts';

/** What the routes of the emergency brake need. */
export type SendingPorts = {
  settings: Pick<LiveSettings, 'list' | 'change'>;
};

/** The emergency brake: stop all sending, start it again, see how it stands. */
export function sendingRoutes(api: Api, { settings }: SendingPorts): void {
  const answers = { 200: answerOf(sendingSchema, 'How it stands now.'), ...problemAnswers(401, 500) };

  api.get(
    '/sending',
    {
      config: { scopes: ['read', 'send', 'manage'] },
      schema: {
        tags: ['Notifications'],
        operationId: 'getSending',
        summary: 'See whether messages leave',
        description: 'Whether somebody has stopped all sending, and who.',
        response: answers,
      },
    },
    async (): Promise<SendingBody> => standing(),
  );

  api.post(
    '/sending/stop',
    {
      config: { scopes: ['send', 'manage'] },
      schema: {
        tags: ['Notifications'],
        operationId: 'stopSending',
        summary: 'Stop all sending',
        description:
          'The emergency brake. From the answer on nothing more is handed to Meta, on any business phone: notifications are taken and wait, and expire at their `notAfter`. What is on its way already cannot be called back. An alarm reminds of it until sending is started again.',
        response: answers,
      },
    },
    (request) => decide(request, true),
  );

  api.post(
    '/sending/start',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags: ['Notifications'],
        operationId: 'startSending',
        summary: 'Start sending again',
        description:
          'Lets go of the emergency brake: what waits is sent, each decided anew at its moment. Cancel before what should not go any more.',
        response: answers,
      },
    },
    (request) => decide(request, false),
  );

  async function decide(request: FastifyRequest, stopped: boolean): Promise<SendingBody> {
    if (standing().stopped !== stopped) {
      await settings.change([{ name: 'sendingStopped', value: stopped }], callerOf(request));
    }
    return standing();
  }

  function standing(): SendingBody {
    const setting = settings.list().find(({ name }) => name === 'sendingStopped');
    return {
      stopped: setting?.value === true,
      decidedAt: isoTimeOrNull(setting?.decided?.at ?? null),
      decidedBy: setting?.decided?.by ?? null,
    };
  }
}

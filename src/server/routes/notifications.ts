import type { z } from 'zod';
import { differingMembers } from '../../domain/differing-members.ts';
import type { FailureCode } from '../../domain/failure.ts';
import type { NotificationState } from '../../domain/notification.ts';
import type { NotificationCount, NotificationStory } from '../../domain/views.ts';
import type { GiveCommand } from '../../flows/commands/give-command.ts';
import type {
  ConsiderNotification,
  Idempotency,
  NotificationRequest,
  TakeNotification,
} from '../../flows/outbound/take-contract.ts';
import type { Clock } from '../../runtime/clock.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import { callerOf } from '../caller.ts';
import { type CommandBody, commandSchema } from '../contract/command.ts';
import {
  type NotificationBody,
  type NotificationPageBody,
  type NotificationPreviewBody,
  type NotificationTotalsBody,
  notificationHeadersSchema,
  notificationPageSchema,
  notificationPreviewSchema,
  notificationQuerySchema,
  notificationRequestSchema,
  notificationSchema,
  notificationTotalsQuerySchema,
  notificationTotalsSchema,
} from '../contract/notification.ts';
import { refusalSchema } from '../contract/problem.ts';
import { idParameters } from '../contract/value.ts';
import { languageFor } from '../language.ts';
import { idCursor, looksLikeId, readPage } from '../page.ts';
import { invalidMember, ProblemError, problemOf, refusalOf } from '../problem.ts';
import { commandBody } from '../representations/command.ts';
import { notificationBody, notificationTotalsBody } from '../representations/notification.ts';
import { notificationPreviewBody } from '../representations/notification-preview.ts';
import { isoTime } from '../representations/time.ts';
import { messageContent, templateContent } from '../requests/message-content.ts';
import type { Api } from '../typed-fastify.ts';

/** In milliseconds. */
const DAY = 24 * 60 * 60 * 1000;

/** What the routes of notifications need. */
export type NotificationPorts = {
  takeNotification: TakeNotification;
  considerNotification: ConsiderNotification;
  /** At most `limit`, in the order of taking or from the newest back, behind the id `after`. */
  listNotifications(query: {
    after: string | null;
    limit: number;
    state: NotificationState | null;
    failure?: FailureCode | null;
    newest?: boolean;
  }): Promise<NotificationStory[]>;
  /** How many were taken since a time in milliseconds, by state and failure, the most first. */
  countNotifications(since: number): Promise<NotificationCount[]>;
  findNotification(id: string): Promise<NotificationStory | null>;
  giveCommand: GiveCommand;
  clock: Clock;
};

/** POST /v1/notifications, and the notifications that were taken. */
export function notificationRoutes(api: Api, ports: NotificationPorts): void {
  api.post(
    '/notifications',
    {
      config: { scopes: ['send'] },
      schema: {
        tags: ['Notifications'],
        operationId: 'takeNotification',
        summary: 'Send a message',
        description:
          'Takes a message to send. The answer comes once it is stored; follow its fate by its id or in the events of kind `notification`. A repeated request with the same idempotency key answers for the first one, with the header `Idempotent-Replayed: true`.',
        headers: notificationHeadersSchema,
        body: notificationRequestSchema,
        response: {
          202: answerOf(notificationSchema, 'Stored, and queued to be sent.'),
          422: answerOf(
            refusalSchema,
            'Refused, and stored as failed: never sent. `code` says why, `remedy` what to do.',
            'application/problem+json',
          ),
          ...problemAnswers(400, 401, 409, 413, 415, 500),
        },
      },
    },
    async (request, reply): Promise<NotificationBody> => {
      const key = idempotencyKey(request.headers['idempotency-key'], request.body.idempotencyKey);
      const idempotency = key === null ? null : { scope: callerOf(request).id, key };
      const asked = notificationRequest(request.body, idempotency);
      const taken = await ports.takeNotification(asked);
      if (taken.outcome === 'conflict') throw await conflictWith(taken.notificationId, asked);
      if (taken.outcome === 'invalid') throw new ProblemError(invalidMember(taken.field, taken.failure));

      const { notification } = taken;
      reply.header('location', `/v1/notifications/${notification.id}`);
      if (taken.outcome === 'repeated') reply.header('idempotent-replayed', 'true');
      const refused = taken.outcome === 'refused' || (taken.outcome === 'repeated' && taken.refused);
      if (refused && notification.failure !== null) {
        const { id, because, failure } = notification;
        throw new ProblemError(refusalOf({ id, because, failure }));
      }
      const details = taken.outcome === 'repeated' ? await ports.findNotification(notification.id) : null;
      reply.code(202);
      return notificationBody(
        details ?? { notification, attempts: [], statuses: [], charge: null },
        languageFor(reply),
      );
    },
  );

  api.post(
    '/notifications/preview',
    {
      config: { scopes: ['send'] },
      schema: {
        tags: ['Notifications'],
        operationId: 'previewNotification',
        summary: 'See what would be sent',
        description:
          'Decides about a message as if it were taken now, and stores and sends nothing: whether it may go, as what, from which business phone, to whom, and why. It takes the same request as sending. A refusal is an answer like any other here. The decision is of this moment: it is made anew when a message is taken, and once more just before it is sent, because a window may close in between. An idempotency key counts for nothing.',
        body: notificationRequestSchema,
        response: {
          200: answerOf(notificationPreviewSchema, 'What would become of it.'),
          ...problemAnswers(400, 401, 413, 415, 500),
        },
      },
    },
    async (request, reply): Promise<NotificationPreviewBody> => {
      const considered = await ports.considerNotification(notificationRequest(request.body, null));
      if (considered.outcome === 'invalid') {
        throw new ProblemError(invalidMember(considered.field, considered.failure));
      }
      return notificationPreviewBody(request.body.to, considered, languageFor(reply));
    },
  );

  api.get(
    '/notifications',
    {
      config: { scopes: ['read'] },
      schema: {
        tags: ['Notifications'],
        operationId: 'listNotifications',
        summary: 'List notifications',
        description: 'Notifications in the order in which they were taken, or from the newest back.',
        querystring: notificationQuerySchema,
        response: {
          200: answerOf(notificationPageSchema, 'A page of notifications.'),
          ...problemAnswers(400, 401, 500),
        },
      },
    },
    async (request, reply): Promise<NotificationPageBody> => {
      const { limit, order, state = null, failure = null } = request.query;
      const after = idCursor('nt', request.query.after);
      const { rows, next } = await readPage(
        limit,
        (most) => ports.listNotifications({ after, limit: most, state, failure, newest: order === 'newest' }),
        ({ notification }) => notification.id,
      );
      const language = languageFor(reply);
      return { data: rows.map((story) => notificationBody(story, language)), next };
    },
  );

  api.get(
    '/notifications/totals',
    {
      config: { scopes: ['read'] },
      schema: {
        tags: ['Notifications'],
        operationId: 'countNotifications',
        summary: 'Count notifications',
        description:
          'How many notifications were taken since a time, by where they are in their life and why they failed.',
        querystring: notificationTotalsQuerySchema,
        response: {
          200: answerOf(notificationTotalsSchema, 'The counts.'),
          ...problemAnswers(400, 401, 500),
        },
      },
    },
    async (request, reply): Promise<NotificationTotalsBody> => {
      const { since } = request.query;
      const from = since === undefined ? ports.clock.now() - DAY : Date.parse(since);
      const counts = await ports.countNotifications(from);
      return { since: isoTime(from), ...notificationTotalsBody(counts, languageFor(reply)) };
    },
  );

  api.get(
    '/notifications/:id',
    {
      config: { scopes: ['read', 'send'] },
      schema: {
        tags: ['Notifications'],
        operationId: 'getNotification',
        summary: 'Get a notification',
        description: 'A notification with every try to send it and every status that Meta reported.',
        params: idParameters('nt_01k9x2m4c7b8d3fq'),
        response: {
          200: answerOf(notificationSchema, 'The notification.'),
          ...problemAnswers(401, 404, 500),
        },
      },
    },
    async (request, reply): Promise<NotificationBody> => {
      return notificationBody(await storyOf(request.params.id), languageFor(reply));
    },
  );

  api.post(
    '/notifications/:id/cancel',
    {
      config: { scopes: ['send', 'manage'] },
      schema: {
        tags: ['Notifications'],
        operationId: 'cancelNotification',
        summary: 'Cancel a notification',
        description:
          'Takes back a notification that still waits to be sent: it ends as `cancelled`. One that was cancelled before is answered alike.',
        params: idParameters('nt_01k9x2m4c7b8d3fq'),
        response: {
          200: answerOf(notificationSchema, 'The notification, cancelled.'),
          202: answerOf(commandSchema, 'It waits for its turn: GET /v1/commands/{id} tells when it is done.'),
          ...problemAnswers(401, 404, 409, 500),
        },
      },
    },
    async (request, reply): Promise<NotificationBody | CommandBody> => {
      const { id } = request.params;
      const { notification } = await storyOf(id);
      const command = await ports.giveCommand(
        notification.lane,
        { kind: 'cancel-notification', notificationId: id },
        callerOf(request),
      );
      if (command.appliedAt === null) {
        reply.code(202).header('location', `/v1/commands/${command.id}`);
        return commandBody(command);
      }
      const story = await storyOf(id);
      if (story.notification.state !== 'cancelled') {
        const detail = `It is ${story.notification.state}.`;
        throw new ProblemError(problemOf('notification-not-waiting', { detail, notificationId: id }));
      }
      return notificationBody(story, languageFor(reply));
    },
  );

  /** The earlier notification, and what of it is asked for otherwise now. */
  async function conflictWith(notificationId: string, asked: NotificationRequest): Promise<ProblemError> {
    const earlier = await ports.findNotification(notificationId);
    const differing = earlier === null ? [] : differingMembers(asked, earlier.notification);
    const named = differing.map((member) => `\`${member}\``).join(', ');
    return new ProblemError(
      problemOf('idempotency-conflict', {
        notificationId,
        differing,
        ...(differing.length === 0 ? {} : { detail: `Otherwise than in the earlier request: ${named}.` }),
      }),
    );
  }

  async function storyOf(id: string): Promise<NotificationStory> {
    const story = looksLikeId('nt', id) ? await ports.findNotification(id) : null;
    if (story === null) throw new ProblemError(problemOf('notification-unknown'));
    return story;
  }
}

function idempotencyKey(header: string | undefined, member: string | undefined): string | null {
  if (header !== undefined && member !== undefined && header !== member) {
    throw new ProblemError(problemOf('idempotency-key-conflict'));
  }
  return header ?? member ?? null;
}

type RequestBody = z.output<typeof notificationRequestSchema>;

/** The request as the flow takes it, with every default filled in. */
export function notificationRequest(body: RequestBody, idempotency: Idempotency | null): NotificationRequest {
  const fallback = body.fallback === undefined ? null : templateContent(body.fallback);
  return {
    to: body.to,
    content: messageContent(body),
    fallback,
    onClosedWindow: body.onClosedWindow ?? null,
    purpose: body.purpose,
    notBefore: body.notBefore === undefined ? null : Date.parse(body.notBefore),
    notAfter: body.notAfter === undefined ? null : Date.parse(body.notAfter),
    businessPhoneId: body.businessPhone ?? null,
    reference: body.reference ?? null,
    idempotency,
  };
}

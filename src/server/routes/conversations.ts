import type { z } from 'zod';
import { eventId } from '../../domain/event.ts';
import { checkOf, failureOf } from '../../domain/failure.ts';
import type { Language } from '../../domain/language.ts';
import type { ConversationPlace, ConversationView, ThreadMessage } from '../../domain/views.ts';
import type { MarkedRead, MarkRead } from '../../flows/outbound/mark-read.ts';
import type { Clock } from '../../runtime/clock.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import {
  type ConversationPageBody,
  conversationPageSchema,
  conversationQuerySchema,
  type MessagePageBody,
  messagePageSchema,
  type ReadMarkBody,
  readMarkRequestSchema,
  readMarkSchema,
} from '../contract/conversation.ts';
import { idParameters } from '../contract/value.ts';
import { languageAsked, languageFor } from '../language.ts';
import { eventCursor, idCursor, looksLikeId, readPage } from '../page.ts';
import { ProblemError, problemOf } from '../problem.ts';
import { refusedByMeta } from '../refused-by-meta.ts';
import { conversationBody, messageBody } from '../representations/conversation.ts';
import type { Api } from '../typed-fastify.ts';

/** What the routes of conversations need. */
export type ConversationPorts = {
  /** At most `limit`, in the order in which they began, behind the id `after`. */
  listConversations(query: { after: string | null; limit: number }): Promise<ConversationView[]>;
  /** At most `limit`, those with the latest messages first, behind `after`. */
  listLatestConversations(query: {
    after: ConversationPlace | null;
    limit: number;
  }): Promise<ConversationView[]>;
  /** At most `limit`, in feed order or from the newest back, behind the position `after`; null for no conversation. */
  listMessages(query: {
    conversationId: string;
    after: number | null;
    limit: number;
    newest?: boolean;
  }): Promise<ThreadMessage[] | null>;
  markRead: MarkRead;
  clock: Clock;
};

/** The conversations and their messages. */
export function conversationRoutes(api: Api, ports: ConversationPorts): void {
  async function pageOfConversations(query: z.infer<typeof conversationQuerySchema>) {
    if (query.order === 'oldest') {
      const after = idCursor('cv', query.after);
      return readPage(
        query.limit,
        (limit) => ports.listConversations({ after, limit }),
        ({ conversation }) => conversation.id,
      );
    }
    const after = query.after === undefined ? null : conversationPlace(query.after);
    return readPage(
      query.limit,
      (limit) => ports.listLatestConversations({ after, limit }),
      ({ conversation }) => `${conversation.lastMessageAt}-${conversation.id}`,
    );
  }

  api.get(
    '/conversations',
    {
      config: { scopes: ['read'] },
      schema: {
        tags: ['Conversations'],
        operationId: 'listConversations',
        summary: 'List conversations',
        description:
          'Conversations in the order in which they began; with `order=newest` those with the latest messages first.',
        querystring: conversationQuerySchema,
        response: {
          200: answerOf(conversationPageSchema, 'A page of conversations.'),
          ...problemAnswers(400, 401, 500),
        },
      },
    },
    async (request): Promise<ConversationPageBody> => {
      const { rows, next } = await pageOfConversations(request.query);
      const now = ports.clock.now();
      return { data: rows.map((view) => conversationBody(view, now)), next };
    },
  );

  api.get(
    '/conversations/:id/messages',
    {
      config: { scopes: ['read'] },
      schema: {
        tags: ['Conversations'],
        operationId: 'listMessages',
        summary: 'List the messages of a conversation',
        description: 'What they wrote and what you sent, in the order of the feed, or from the newest back.',
        params: idParameters('cv_01k9x2m4c7b8d3fq'),
        querystring: conversationQuerySchema,
        response: {
          200: answerOf(messagePageSchema, 'A page of messages.'),
          ...problemAnswers(400, 401, 404, 500),
        },
      },
    },
    async (request, reply): Promise<MessagePageBody> => {
      const conversationId = request.params.id;
      if (!looksLikeId('cv', conversationId)) throw unknownConversation();
      const after = eventCursor('after', request.query.after);
      const newest = request.query.order === 'newest';
      const { rows, next } = await readPage(
        request.query.limit,
        async (limit) => {
          const messages = await ports.listMessages({ conversationId, after, limit, newest });
          if (messages === null) throw unknownConversation();
          return messages;
        },
        (message) => eventId(message.position),
      );
      const language = languageFor(reply);
      return { data: rows.map((message) => messageBody(message, language)), next };
    },
  );

  api.post(
    '/conversations/:id/read',
    {
      config: { scopes: ['send'] },
      schema: {
        tags: ['Conversations'],
        operationId: 'markRead',
        summary: 'Mark as read',
        description:
          'Marks the last message of theirs as read, so that they see the blue ticks, and shows them on request that somebody is typing. Meta is called once.',
        params: idParameters('cv_01k9x2m4c7b8d3fq'),
        body: readMarkRequestSchema,
        response: {
          200: answerOf(readMarkSchema, 'Meta took it.'),
          ...problemAnswers(400, 401, 404, 409, 413, 415, 422, 500, 502),
        },
      },
    },
    async (request): Promise<ReadMarkBody> => {
      const { id } = request.params;
      if (!looksLikeId('cv', id)) throw unknownConversation();
      const { typing } = request.body;
      const result = await ports.markRead(id, typing);
      if (result.outcome === 'marked') return { messageId: result.messageId, typing };
      throw readMarkProblem(result, languageAsked(request));
    },
  );
}

function conversationPlace(after: string): ConversationPlace {
  const [, at, id] = /^(\d{1,15})-(cv_\w+)$/.exec(after) ?? [];
  if (at === undefined || id === undefined || !looksLikeId('cv', id)) {
    throw new ProblemError(
      problemOf('cursor-invalid', { detail: '`after` must be the `next` of an earlier answer.' }),
    );
  }
  return { lastMessageAt: Number(at), id };
}

function readMarkProblem(
  result: Exclude<MarkedRead, { outcome: 'marked' }>,
  language: Language,
): ProblemError {
  switch (result.outcome) {
    case 'unknown':
      return unknownConversation();
    case 'nothing-to-read':
      return new ProblemError(problemOf('nothing-to-read'));
    case 'no-sender': {
      const { title, remedy } = failureOf(result.failure);
      return new ProblemError(problemOf('read-mark-refused', { detail: title, remedy }));
    }
    case 'refused': {
      const { failure } = result;
      return new ProblemError(refusedByMeta('read-mark-refused', failure, language, checkOf(failure.code)));
    }
    case 'unanswered':
      return new ProblemError(problemOf('meta-unanswered', { detail: `${result.reason}.` }));
  }
}

function unknownConversation(): ProblemError {
  return new ProblemError(problemOf('conversation-unknown'));
}

import { z } from 'zod';
import { notificationStates } from '../../domain/notification.ts';
import { contentSchema } from './message-content.ts';
import { failureSchema } from './notification.ts';
import { orderQuery, pageOf, pageQuery } from './page.ts';
import { instant } from './time.ts';
import { anyJson, wordOf } from './value.ts';
import { windowSchema } from './window.ts';

/** A conversation as the API shows it. */
const conversationSchema = z
  .object({
    id: z.string().meta({ description: 'Its id.', examples: ['cv_01k9x2m4c7b8d3fq'] }),
    businessPhoneId: z.string().nullable().meta({ description: 'Meta’s `phone_number_id` of your side.' }),
    contactId: z.string().nullable().meta({ description: 'The other side; null for a group.' }),
    groupId: z.string().nullable().meta({ description: 'The group; null for a person.' }),
    name: z.string().nullable().meta({ description: 'The profile name of the other side, when known.' }),
    lastMessageAt: instant('When the last message went in either direction.'),
    window: windowSchema,
  })
  .meta({ id: 'Conversation', description: 'One contact, or one group, with one business phone.' });

/** A message of a conversation as the API shows it. */
const messageSchema = z
  .object({
    id: z
      .string()
      .meta({ description: 'The id of the event that put it there.', examples: ['ev_000000001a'] }),
    direction: z.enum(['in', 'out']).meta({ description: '`in` when they wrote it, `out` when you did.' }),
    at: instant('When it was written.'),
    type: z.string().meta({ description: 'Meta’s word for its type.', examples: ['text'] }),
    text: z.string().nullable().meta({ description: 'The words of a text or caption.' }),
    messageId: z.string().nullable().meta({ description: 'Meta’s wamid, when known.' }),
    notificationId: z.string().nullable().meta({ description: 'The notification that it was sent as.' }),
    state: wordOf(notificationStates, 'The state of that notification.').nullable(),
    failure: failureSchema.nullable().meta({ description: 'The failure of that notification.' }),
    payload: anyJson('Meta’s own element, verbatim; null for what you sent.'),
    content: contentSchema.nullable().meta({ description: 'What you sent; null for what they wrote.' }),
  })
  .meta({ id: 'Message', description: 'One message of a conversation.' });

/** The query of GET /v1/conversations and of the messages of one. */
export const conversationQuerySchema = z.strictObject({ ...pageQuery, ...orderQuery });

/** A page of conversations. */
export const conversationPageSchema = pageOf('ConversationPage', conversationSchema, 'Conversations.');

/** A page of messages. */
export const messagePageSchema = pageOf('MessagePage', messageSchema, 'Messages of one conversation.');

/** The body of POST /v1/conversations/{id}/read. */
export const readMarkRequestSchema = z
  .strictObject({
    typing: z.boolean().default(false).meta({
      description: 'Whether they also see that somebody is typing, until you answer, for 25 seconds at most.',
    }),
  })
  .meta({ id: 'ReadMarkRequest', description: 'How a conversation is marked as read.' });

/** What was marked as read. */
export const readMarkSchema = z
  .object({
    messageId: z.string().meta({ description: 'The message that was marked, by Meta’s wamid.' }),
    typing: z.boolean().meta({ description: 'Whether they see that somebody is typing.' }),
  })
  .meta({ id: 'ReadMark', description: 'What was marked as read.' });

/** What was marked as read, in an answer. */
export type ReadMarkBody = z.infer<typeof readMarkSchema>;

/** A conversation in an answer. */
export type ConversationBody = z.infer<typeof conversationSchema>;

/** A page of conversations in an answer. */
export type ConversationPageBody = z.infer<typeof conversationPageSchema>;

/** A message of a conversation in an answer. */
export type MessageBody = z.infer<typeof messageSchema>;

/** A page of messages in an answer. */
export type MessagePageBody = z.infer<typeof messagePageSchema>;

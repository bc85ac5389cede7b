import type { JsonObject } from '../../domain/json.ts';
import type { SharedContent } from '../people/phone-content.ts';
import { contentParts } from './content-parts.ts';
import { phoneBody, seconds, type WebhookSource } from './webhook-envelope.ts';
import type { WebhookShape } from './webhook-shape.ts';

/** A message of the time before the number came to the API. */
type FormerMessage = {
  id: string;
  /** In milliseconds. */
  at: number;
  from: 'business' | 'person';
  /** Null for a file, of which the history has only the place (`media_placeholder`). */
  content: SharedContent | null;
  /** `DELIVERED`, `READ`, `PLAYED`, … */
  status: string;
};

/** What a number tells that is in the WhatsApp Business app too (meta-facts §3.1, coexistence). */
export type CoexistenceNews =
  /** A piece of what was said before. Phases begin with 0, the newest; progress is in per cent. */
  | {
      kind: 'history';
      phase: number;
      chunkOrder: number;
      progress: number;
      threads: readonly { waId: string; messages: readonly FormerMessage[] }[];
    }
  /** Somebody was put into the app's address book. */
  | { kind: 'address-book'; waId: string; fullName: string; firstName: string };

/** What somebody at the business wrote to a person in the app (meta-facts §3.1, `smb_message_echoes`). `at` in milliseconds. */
export function echoBody(
  source: WebhookSource,
  message: { to: string; id: string; at: number; content: SharedContent },
  shape: WebhookShape,
): JsonObject {
  const { to, id, at, content } = message;
  return phoneBody(source, 'smb_message_echoes', {
    message_echoes: [
      { from: source.displayPhoneNumber, to, id, timestamp: seconds(at), ...contentParts(content, shape) },
    ],
  });
}

/** The body of such news. `at` in milliseconds. */
export function coexistenceBody(
  source: WebhookSource,
  at: number,
  news: CoexistenceNews,
  shape: WebhookShape,
): JsonObject {
  const from = source.displayPhoneNumber;
  switch (news.kind) {
    case 'history':
      return phoneBody(source, 'history', {
        history: [
          {
            metadata: { phase: news.phase, chunk_order: news.chunkOrder, progress: news.progress },
            threads: news.threads.map(({ waId, messages }) => ({
              id: waId,
              messages: messages.map((message) => ({
                from: message.from === 'business' ? from : waId,
                id: message.id,
                timestamp: seconds(message.at),
                ...(message.content === null
                  ? { type: 'media_placeholder' }
                  : contentParts(message.content, shape)),
                history_context: { status: message.status },
              })),
            })),
          },
        ],
      });
    case 'address-book':
      return phoneBody(source, 'smb_app_state_sync', {
        state_sync: [
          {
            type: 'contact',
            contact: { full_name: news.fullName, first_name: news.firstName, phone_number: news.waId },
            action: 'add',
            metadata: { timestamp: seconds(at) },
          },
        ],
      });
  }
}

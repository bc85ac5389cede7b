import type { JsonObject } from '../../domain/json.ts';
import type { PersonContent } from '../people/written-content.ts';
import { contentParts } from './content-parts.ts';
import { phoneBody, seconds, type WebhookSource } from './webhook-envelope.ts';
import { contactOf, named, type WebhookPerson } from './webhook-person.ts';
import { presentShape, type WebhookShape } from './webhook-shape.ts';

/** What a message refers to (meta-facts §4.1, `context`). */
export type WrittenContext =
  /** Another message, the digits of who wrote that one (null when hidden), and the product in it that is asked about. */
  | {
      kind: 'reply';
      messageId: string;
      author: string | null;
      product?: { catalogId: string; productRetailerId: string };
    }
  /** Passed on from another chat. */
  | { kind: 'forwarded'; often: boolean };

/** The advertisement that a person tapped to write (meta-facts §4.1, `referral`). */
export type AdClick = {
  sourceUrl: string;
  sourceId: string;
  sourceType: 'ad' | 'post';
  headline: string;
  body: string;
  mediaUrl: string | null;
  mediaType: 'image' | 'video';
  /** `ctwa_clid`; null for advertisements in Status. */
  clickId: string | null;
  /** The greeting that the advertisement showed. */
  welcomeText: string | null;
};

/** A message that a person wrote to a business phone. */
export type WrittenMessage = {
  /** Meta's wamid. */
  id: string;
  /** In milliseconds. */
  at: number;
  content: PersonContent;
  context?: WrittenContext | null;
  adClick?: AdClick | null;
  /** The group that it was written in. */
  groupId?: string | null;
  /** Why Meta could not hand something over, such as a film of more than 100 MB. */
  error?: { code: number; title: string; details: string } | null;
};

const emptyParts = { context: null, adClick: null, groupId: null, error: null };

/** A message as its webhook has it, of any type (meta-facts §4.1, §4.2). */
export function messageBody(
  source: WebhookSource,
  person: WebhookPerson,
  message: WrittenMessage,
  shape: WebhookShape = presentShape,
): JsonObject {
  const { id, at, content, context, adClick, groupId, error } = { ...emptyParts, ...message };
  return phoneBody(source, 'messages', {
    contacts: [contactOf(person, shape)],
    messages: [
      {
        ...(context !== null && { context: contextPart(context) }),
        ...(adClick !== null && { referral: referralPart(adClick) }),
        ...named(person, { number: 'from', userId: 'from_user_id' }, shape),
        ...(groupId !== null && { group_id: groupId }),
        id,
        timestamp: seconds(at),
        ...contentParts(content, shape),
        ...(error !== null && { errors: [errorPart(error)] }),
      },
    ],
  });
}

function contextPart(context: WrittenContext): JsonObject {
  if (context.kind === 'forwarded') {
    return context.often ? { frequently_forwarded: true } : { forwarded: true };
  }
  const { author, messageId, product } = context;
  return {
    ...(author !== null && { from: author }),
    id: messageId,
    ...(product !== undefined && {
      referred_product: { catalog_id: product.catalogId, product_retailer_id: product.productRetailerId },
    }),
  };
}

function referralPart(click: AdClick): JsonObject {
  return {
    source_url: click.sourceUrl,
    source_id: click.sourceId,
    source_type: click.sourceType,
    body: click.body,
    headline: click.headline,
    media_type: click.mediaType,
    ...(click.mediaUrl !== null && {
      [click.mediaType === 'image' ? 'image_url' : 'video_url']: click.mediaUrl,
    }),
    ...(click.clickId !== null && { ctwa_clid: click.clickId }),
    ...(click.welcomeText !== null && { welcome_message: { text: click.welcomeText } }),
  };
}

function errorPart({ code, title, details }: { code: number; title: string; details: string }): JsonObject {
  return { code, title, message: title, error_data: { details } };
}

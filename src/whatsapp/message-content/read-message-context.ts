import type { Json } from '../../domain/json.ts';
import type { IdentityHint, MessageContext, Referral } from '../../domain/message-content/message-context.ts';
import { readFlag, readMilliseconds, readNumber, readObject, readText } from '../wire-values.ts';

/** What a message refers to (meta-facts §4.1, `context`); null when it refers to nothing. */
export function readContext(value: Json | undefined): MessageContext | null {
  const context = readObject(value);
  if (context === null) return null;
  const product = readObject(context.referred_product);
  return {
    messageId: readText(context.id),
    senderWaId: readNumber(context.from),
    senderUserId: readText(context.from_user_id),
    forwarded: readFlag(context.forwarded) ?? false,
    frequentlyForwarded: readFlag(context.frequently_forwarded) ?? false,
    referredProduct: product && {
      catalogId: readText(product.catalog_id),
      productRetailerId: readText(product.product_retailer_id),
    },
  };
}

/** The advertisement that led to a message (meta-facts §4.1, `referral`); null without one. */
export function readReferral(value: Json | undefined): Referral | null {
  const referral = readObject(value);
  if (referral === null) return null;
  return {
    sourceUrl: readText(referral.source_url),
    sourceId: readText(referral.source_id),
    sourceType: readText(referral.source_type),
    headline: readText(referral.headline),
    body: readText(referral.body),
    mediaType: readText(referral.media_type),
    imageUrl: readText(referral.image_url),
    videoUrl: readText(referral.video_url),
    thumbnailUrl: readText(referral.thumbnail_url),
    clickId: readText(referral.ctwa_clid),
    welcomeText: readText(readObject(referral.welcome_message)?.text),
    ref: readText(referral.ref),
  };
}

/** What an old body says of the sender's security code (meta-facts §4.1, `identity`); null otherwise. */
export function readIdentityHint(value: Json | undefined): IdentityHint | null {
  const identity = readObject(value);
  if (identity === null) return null;
  return {
    acknowledged: readFlag(identity.acknowledged),
    createdAt: readMilliseconds(identity.created_timestamp),
    hash: readText(identity.hash),
  };
}

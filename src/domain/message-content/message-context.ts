/** What a message refers to, and whether it was passed on (meta-facts §4.1). */
export type MessageContext = {
  /** The message that this one answers; null for one that was passed on. */
  messageId: string | null;
  /** The WhatsApp ID of who wrote that message; null when Meta does not say. */
  senderWaId: string | null;
  /** The same by user id (BSUID), since 2026. */
  senderUserId: string | null;
  /** True when somebody passed it on. */
  forwarded: boolean;
  /** True when it was passed on many times. Meta then says nothing of `forwarded`, which is false. */
  frequentlyForwarded: boolean;
  /** The product that the question is about. */
  referredProduct: { catalogId: string | null; productRetailerId: string | null } | null;
};

/** The advertisement that a person tapped to write (Click to WhatsApp). It may come with any type of message. */
export type Referral = {
  /** Where the advertisement leads. */
  sourceUrl: string | null;
  /** The id of the advertisement or post. */
  sourceId: string | null;
  /** Meta's word: `ad` or `post`. */
  sourceType: string | null;
  headline: string | null;
  body: string | null;
  /** Meta's word: `image` or `video`. */
  mediaType: string | null;
  imageUrl: string | null;
  videoUrl: string | null;
  thumbnailUrl: string | null;
  /** Meta's `ctwa_clid`, with which conversions are reported; missing for advertisements in Status. */
  clickId: string | null;
  /** The greeting that the advertisement showed. */
  welcomeText: string | null;
  /** What the business attached to the advertisement. */
  ref: string | null;
};

/** What old bodies say of the sender's security code. */
export type IdentityHint = {
  /** Whether the business has accepted the latest change; null when Meta does not say. */
  acknowledged: boolean | null;
  /** When the code changed, in milliseconds; null when Meta gives no believable time. */
  createdAt: number | null;
  hash: string | null;
};

/** Which of Meta's ways to write a webhook an app gets (meta-facts §4.3, §9). */
export type WebhookShape = {
  /** The Graph version of the app's subscription: 20 to 26. Before 24 statuses name a conversation. */
  readonly version: number;
  /**
   * Whether people have business-scoped user ids (BSUID), as since April 2026. Numbers can only be hidden in
   * that era, so a body without user ids always has the number.
   */
  readonly userIds: boolean;
  /**
   * How Meta charges, whatever the version: by conversation (`CBP`) until July 2025, by message (`PMP`) since; or
   * always as one of them (meta-facts §6 "Pricing").
   */
  readonly pricingModel: 'by-date' | 'CBP' | 'PMP';
  /** The price comes once, and Meta does not promise with which status (meta-facts §4.3). */
  readonly priceWith: 'sent' | 'delivered';
  /** Whether media come with an address, as since November 2025 (meta-facts §4.2, notes). */
  readonly mediaUrls: boolean;
};

/** The first version that leaves the conversation out (meta-facts §9, 8 Oct 2025). */
const FIRST_WITHOUT_CONVERSATION = 24;

const BY_MESSAGE_SINCE = Date.UTC(2025, 6, 1);

/** The first and the last version that are known (meta-facts §7). */
const KNOWN_VERSIONS = { first: 20, last: 26 };

/** As an app of version 25 gets them now. */
export const presentShape: WebhookShape = {
  version: 25,
  userIds: true,
  pricingModel: 'by-date',
  priceWith: 'sent',
  mediaUrls: true,
};

/**
 * A shape that differs from the present one.
 *
 * @throws RangeError for a version outside 20–26
 */
export function webhookShape(differences: Partial<WebhookShape> = {}): WebhookShape {
  const shape = { ...presentShape, ...differences };
  const { first, last } = KNOWN_VERSIONS;
  if (Number.isInteger(shape.version) && shape.version >= first && shape.version <= last) return shape;
  throw new RangeError(
    `Webhooks are known in the shapes of versions ${first} to ${last}; found ${shape.version}.`,
  );
}

/** How Meta charged at a time, in milliseconds. */
export function pricingModelAt(at: number, { pricingModel }: WebhookShape): 'CBP' | 'PMP' {
  if (pricingModel !== 'by-date') return pricingModel;
  return at < BY_MESSAGE_SINCE ? 'CBP' : 'PMP';
}

/** Whether statuses name the conversation that they are counted to. */
export function namesConversations(shape: WebhookShape): boolean {
  return shape.version < FIRST_WITHOUT_CONVERSATION;
}

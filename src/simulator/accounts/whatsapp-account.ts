/** Another callback for one WhatsApp account or business phone (meta-facts §7.2). */
export type CallbackOverride = { callbackUrl: string; verifyToken: string };

/** A WhatsApp Business Account (WABA). */
export type WhatsappAccount = {
  readonly id: string;
  name: string;
  /** The business portfolio that owns it. */
  readonly businessId: string;
  /** The portfolios of clients and partners that it is shared with. */
  sharedWith: Set<string>;
  /** The apps that are told of it, by id, each with the callback that stands in for the app's own; null for none. */
  subscribedApps: Map<string, { override: CallbackOverride | null }>;
  /** `LIMITED` or `BLOCKED` while Meta restricts it; part of the health of its phones. */
  canSendMessage: SendingHealth;
};

/** How well something can send (meta-facts §7.2, `health_status`). */
export type SendingHealth = 'AVAILABLE' | 'LIMITED' | 'BLOCKED';

/** The app's subscription to the webhooks of WhatsApp accounts (meta-facts §7.2). One callback per app. */
type AppSubscription = {
  /** Null when nobody has given one yet. */
  callbackUrl: string | null;
  /** What the receiver must know to pass the handshake. */
  verifyToken: string;
  /** The ticked fields (meta-facts §3). */
  fields: Set<string>;
  active: boolean;
  /** False once the callback has failed a handshake; then it gets no webhooks (meta-facts §1). */
  verified: boolean;
};

/** An app of the developer's, as Meta's App Dashboard shows it. */
export type App = {
  readonly id: string;
  /** Signs this app's webhooks, and is half of its app token. */
  secret: string;
  name: string;
  /** In development real webhooks stay away (meta-facts §2.5). */
  mode: 'live' | 'development';
  subscription: AppSubscription;
};

/**
 * The fields of object `whatsapp_business_account` that can be ticked: the official list, and those seen in the
 * dashboard in July 2026 (meta-facts §3).
 */
export const webhookFields: readonly string[] = [
  'account_alerts',
  'account_review_update',
  'account_settings_update',
  'account_update',
  'automatic_events',
  'business_capability_update',
  'business_status_update',
  'business_username_updates',
  'calls',
  'consumer_profile',
  'flows',
  'group_lifecycle_update',
  'group_participants_update',
  'group_settings_update',
  'group_status_update',
  'history',
  'message_echoes',
  'message_template_components_update',
  'message_template_quality_update',
  'message_template_status_update',
  'messages',
  'messaging_handovers',
  'partner_solutions',
  'payment_configuration_update',
  'phone_number_name_update',
  'phone_number_quality_update',
  'security',
  'smb_app_state_sync',
  'smb_message_echoes',
  'standby',
  'template_category_update',
  'template_correct_category_detection',
  'tracking_events',
  'user_preferences',
];

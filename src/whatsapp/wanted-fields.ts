/**
 * The webhook fields that Recado wants ticked, all of Meta's official list (meta-facts §3), so that an app of any age
 * may have them. Statuses come in `messages`; there is no field `message_status`.
 */
export const wantedFields: readonly string[] = [
  'messages',
  'account_alerts',
  'account_review_update',
  'account_update',
  'business_capability_update',
  'message_template_components_update',
  'message_template_quality_update',
  'message_template_status_update',
  'phone_number_name_update',
  'phone_number_quality_update',
  'security',
  'template_category_update',
  'user_preferences',
];

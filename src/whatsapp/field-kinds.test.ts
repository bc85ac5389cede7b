import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../domain/json.ts';
import { readingOf } from './field-kinds.ts';

describe('readingOf', () => {
  // Every field of meta-facts §3.
  it.each([
    ['messages', 'unrecognised', 'elements'],
    ['calls', 'call', 'elements'],
    ['message_echoes', 'echo', 'elements'],
    ['smb_message_echoes', 'echo', 'elements'],
    ['history', 'history', 'elements'],
    ['smb_app_state_sync', 'sync', 'elements'],
    ['user_preferences', 'preference', 'elements'],
    ['user_id_update', 'identity', 'elements'],
    ['group_lifecycle_update', 'group', 'elements'],
    ['group_participants_update', 'group', 'elements'],
    ['group_settings_update', 'group', 'elements'],
    ['group_status_update', 'group', 'elements'],
    ['standby', 'standby', 'elements'],
    ['automatic_events', 'tracking', 'elements'],
    ['tracking_events', 'tracking', 'elements'],
    ['consumer_profile', 'identity', 'value'],
    ['message_template_components_update', 'template', 'value'],
    ['message_template_quality_update', 'template', 'value'],
    ['message_template_status_update', 'template', 'value'],
    ['template_category_update', 'template', 'value'],
    ['template_correct_category_detection', 'template', 'value'],
    ['account_alerts', 'account', 'value'],
    ['account_review_update', 'account', 'value'],
    ['account_settings_update', 'account', 'value'],
    ['account_update', 'account', 'value'],
    ['business_capability_update', 'account', 'value'],
    ['business_status_update', 'account', 'value'],
    ['business_username_updates', 'phone', 'value'],
    ['phone_number_name_update', 'phone', 'value'],
    ['phone_number_quality_update', 'phone', 'value'],
    ['phone_number_username_update', 'phone', 'value'],
    ['security', 'security', 'value'],
    ['flows', 'flow', 'value'],
    ['messaging_handovers', 'handover', 'value'],
    ['payment_configuration_update', 'payment', 'value'],
    ['partner_solutions', 'partner', 'value'],
    ['business_aura_update', 'unrecognised', 'value'],
    ['constructor', 'unrecognised', 'value'],
  ] as const)('reads %s as %s by its %s', (field, kind, events) => {
    expect(readingOf(field, {})).toEqual({ kind, events });
  });

  it.each<[string | null, JsonObject, string, string]>([
    ['message_status', { statuses: [] }, 'unrecognised', 'elements'],
    ['message_status', { messages: [] }, 'unrecognised', 'elements'],
    ['business_aura_update', { message_echoes: [] }, 'unrecognised', 'value'],
    [null, { messages: [] }, 'unrecognised', 'elements'],
    [null, { message_echoes: [] }, 'unrecognised', 'elements'],
    [null, { standby: {} }, 'standby', 'elements'],
    [null, { message_template_id: 7 }, 'template', 'value'],
    [null, { event: 'ACCOUNT_DELETED' }, 'account', 'value'],
    [null, { event: 'DISABLED_UPDATE' }, 'account', 'value'],
    [null, { event: 'VERIFIED_ACCOUNT' }, 'account', 'value'],
    [null, { event: 'BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE' }, 'account', 'value'],
    [null, { event: 'MM_LITE_TERMS_SIGNED' }, 'account', 'value'],
    [null, { event: 'ACCOUNT_MOVED_TO_THE_MOON' }, 'account', 'value'],
    [null, { event: 'DISABLED_UPDATES' }, 'unrecognised', 'value'],
    [null, { messages: {} }, 'unrecognised', 'elements'],
    ['message_status', { statuses: {} }, 'unrecognised', 'elements'],
    [null, { event: 'VERIFIED', waba_info: {} }, 'account', 'value'],
    [null, { event: ['ACCOUNT_DELETED'] }, 'unrecognised', 'value'],
    [null, {}, 'unrecognised', 'value'],
  ])('reads the field %j with %j by its content', (field, content, kind, events) => {
    expect(readingOf(field, content)).toEqual({ kind, events });
  });
});

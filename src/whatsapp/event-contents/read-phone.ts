import type { PhoneContent } from '../../domain/event-content/phone.ts';
import type { JsonObject } from '../../domain/json.ts';
import { readNumber, readObject, readText } from '../wire-values.ts';
import type { Around } from './around.ts';

type Form = PhoneContent['form'];

const forms: ReadonlyMap<string | null, Form> = new Map<string | null, Form>([
  ['phone_number_name_update', 'name'],
  ['phone_number_quality_update', 'quality'],
  ['business_username_updates', 'username'],
  // A draft of November 2025 called it so (meta-facts §3).
  ['phone_number_username_update', 'username'],
]);

/** The value of a `phone_number_*` field or of `business_username_updates` (meta-facts §3.1). */
export function readPhone(value: JsonObject, { field }: Around): PhoneContent {
  const displayNumber = readNumber(
    value.display_phone_number ?? readObject(value.metadata)?.display_phone_number,
  );
  const form = forms.get(field) ?? 'other';
  switch (form) {
    case 'name':
      return {
        form,
        displayNumber,
        decision: readText(value.decision),
        requestedName: readText(value.requested_verified_name),
        rejectionReason: readText(value.rejection_reason),
      };
    case 'quality':
      return {
        form,
        displayNumber,
        event: readText(value.event),
        limit: readText(value.current_limit) ?? readText(value.max_daily_conversations_per_business),
        formerLimit: readText(value.old_limit),
      };
    case 'username':
      return { form, displayNumber, username: readText(value.username), status: readText(value.status) };
    case 'other':
      return { form, displayNumber, event: readText(value.event) };
  }
}

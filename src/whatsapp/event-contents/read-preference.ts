import type { PreferenceContent } from '../../domain/event-content/preference.ts';
import type { JsonObject } from '../../domain/json.ts';
import { readText } from '../wire-values.ts';
import { readNamedPerson } from './read-named-person.ts';

type Form = PreferenceContent['form'];

const forms: ReadonlyMap<string | null, Form> = new Map<string | null, Form>([
  ['stop', 'stopped'],
  ['resume', 'resumed'],
  ['signup', 'signed-up'],
]);

/** An element of `user_preferences` (meta-facts §3.1). */
export function readPreference(preference: JsonObject): PreferenceContent {
  const event = readText(preference.value);
  return {
    form: forms.get(event) ?? 'other',
    event,
    category: readText(preference.category),
    person: readNamedPerson('preference', preference),
    detail: readText(preference.detail),
    signupId: readText(preference.signup_id),
  };
}

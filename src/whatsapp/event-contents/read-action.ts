import type { ActionContent } from '../../domain/event-content/action.ts';
import type { JsonObject } from '../../domain/json.ts';
import { readObject, readText } from '../wire-values.ts';
import { readNamedPerson } from './read-named-person.ts';

/** An element of `user_actions` (meta-facts §4.2). */
export function readAction(action: JsonObject): ActionContent {
  const event = readText(action.action_type);
  const person = readNamedPerson('action', action);
  if (event !== 'marketing_messages_link_click') return { form: 'other', event, person };
  const click = readObject(action.marketing_messages_link_click_data);
  return {
    form: 'link-click',
    event,
    person,
    component: readText(click?.click_component),
    productId: readText(click?.product_id),
    clickId: readText(click?.click_id),
    trackingToken: readText(click?.tracking_token),
  };
}

import type { JsonObject } from '../../domain/json.ts';
import type { NoticeContent } from '../../domain/message-content/notice.ts';
import { readNumber, readObject, readText } from '../wire-values.ts';

/** A notice of WhatsApp's about a person (meta-facts §4.2, `system`). The element names who they were before. */
export function readSystem(element: JsonObject): NoticeContent {
  const system = readObject(element.system);
  const metaType = readText(system?.type);
  const body = readText(system?.body);
  switch (metaType) {
    case 'user_changed_number':
      return {
        type: 'number-changed',
        body,
        formerWaId: readNumber(element.from) ?? readNumber(system?.customer),
        waId: readNumber(system?.wa_id),
        userId: readText(system?.user_id),
      };
    case 'user_changed_user_id':
      return {
        type: 'user-id-changed',
        body,
        formerUserId: readText(system?.previous_user_id) ?? readText(element.from_user_id),
        userId: readText(system?.user_id),
        parentUserId: readText(system?.parent_user_id),
      };
    case 'customer_identity_changed':
      return { type: 'identity-changed', body };
    default:
      return { type: 'system', body, metaType };
  }
}

/**
 * A message that Meta does not hand over (meta-facts §4.2, `unsupported`).
 *
 * @param former Meta's word for it where an old type says as much
 */
export function readUnsupported(element: JsonObject, former: string | null = null): NoticeContent {
  return { type: 'unsupported', metaType: readText(readObject(element.unsupported)?.type) ?? former };
}

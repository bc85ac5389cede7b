import type { GroupContent, GroupMember } from '../../domain/event-content/group.ts';
import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { readMetaErrors } from '../element-facts.ts';
import { readList, readNumber, readObject, readText } from '../wire-values.ts';
import type { Around } from './around.ts';

const forms: ReadonlyMap<string | null, GroupContent['form']> = new Map<string | null, GroupContent['form']>([
  ['group_lifecycle_update', 'lifecycle'],
  ['group_participants_update', 'participants'],
  ['group_settings_update', 'settings'],
  ['group_status_update', 'status'],
]);

/** An element of `groups` (meta-facts §3.1). The field tells the form: Meta's own word does not always fit it. */
export function readGroup(group: JsonObject, { field }: Around): GroupContent {
  const picture = readObject(group.profile_picture);
  return {
    form: forms.get(field) ?? 'other',
    event: readText(group.type),
    groupId: readText(group.group_id),
    requestId: readText(group.request_id),
    subject: readText(group.subject),
    description: readText(group.description),
    added: readMembers(group.added_participants),
    removed: readMembers(group.removed_participants),
    picture: picture && { mimeType: readText(picture.mime_type), sha256: readText(picture.sha256) },
    errors: readMetaErrors(group.errors),
  };
}

function readMembers(list: Json | undefined): GroupMember[] {
  return readList(list)
    .filter(isJsonObject)
    .map((member) => ({
      input: readText(member.input),
      waId: readNumber(member.wa_id),
      userId: readText(member.user_id),
      parentUserId: readText(member.parent_user_id),
    }));
}

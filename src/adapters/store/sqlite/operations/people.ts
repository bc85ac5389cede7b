import type { Contact } from '../../../../domain/contact.ts';
import type { Conversation } from '../../../../domain/conversation.ts';
import type { Lane } from '../../../../domain/lane.ts';
import { asOne, conversationAsOne } from '../../../../domain/merge.ts';
import type { Identifier } from '../../../../domain/person.ts';
import { phoneNumberVariants } from '../../../../domain/phone-number.ts';
import type { ContactView } from '../../../../domain/views.ts';
import {
  type ContactRow,
  contactColumns,
  contactOfRow,
  type StoredContact,
  withConversation,
} from '../../rows/contact-row.ts';
import type { StoreContext } from '../context.ts';
import { all, get } from '../statement.ts';

const byId = `select ${contactColumns} from contacts ${withConversation} where contacts.id = ?`;
const byMerge = `select ${contactColumns} from contacts ${withConversation} where contacts.merged_into = ?`;
const byNumber = `select ${contactColumns} from identifiers
  join contacts on contacts.number = identifiers.contact ${withConversation}
  where identifiers.lane = ? and kind in ('wa_id', 'typed') and value in (?, ?)`;
const byName = `select ${contactColumns} from identifiers
  join contacts on contacts.number = identifiers.contact ${withConversation}
  where identifiers.lane = ? and kind = ? and value = ?`;

/**
 * The contacts of a lane with these ids, or with these identifiers in any spelling, each once, and each with all
 * others that it is made one with.
 */
export function loadPeople(
  context: StoreContext,
  lane: Lane,
  laneId: number,
  ids: Iterable<string>,
  identifiers: readonly Identifier[],
): StoredContact[] {
  const { database } = context;
  const found = new Map<string, StoredContact>();
  const asked = new Set<string>();
  function add(row: ContactRow | undefined): void {
    if (row === undefined || found.has(row.id)) return;
    const stored = contactOfRow(row, context.laneName(row.lane));
    if (stored.contact.lane !== lane) return;
    found.set(row.id, stored);
    // Nobody else holds these; of a number another contact may have the other spelling.
    for (const { kind, value } of stored.contact.identifiers) {
      if (kind !== 'wa_id' && kind !== 'typed') asked.add(`${kind}:${value}`);
    }
    const survivor = row.merged_into ?? row.id;
    if (row.merged_into !== null) add(get<ContactRow>(database, byId, survivor));
    for (const other of all<ContactRow>(database, byMerge, survivor)) add(other);
  }
  for (const id of ids) if (!found.has(id)) add(get<ContactRow>(database, byId, id));
  for (const { kind, value } of identifiers) {
    const isNumber = kind === 'wa_id' || kind === 'typed';
    const question = isNumber ? value : `${kind}:${value}`;
    if (asked.has(question)) continue;
    asked.add(question);
    const rows = isNumber
      ? all<ContactRow>(database, byNumber, laneId, value, phoneNumberVariants(value)[1] ?? value)
      : all<ContactRow>(database, byName, laneId, kind, value);
    for (const row of rows) add(row);
  }
  return [...found.values()];
}

/** The person who a contact is, all contacts that they are made one; null when there is no such contact. */
export function findPerson(context: StoreContext, contactId: string): ContactView | null {
  const { database } = context;
  const asked = get<ContactRow>(database, byId, contactId);
  if (asked === undefined) return null;
  const survivor = asked.merged_into === null ? asked : get<ContactRow>(database, byId, asked.merged_into);
  if (survivor === undefined) return null;
  return viewOf(context, survivor);
}

/** The person whose surviving contact a row is. */
export function viewOf(context: StoreContext, survivor: ContactRow): ContactView {
  const first = contactOfRow(survivor, context.laneName(survivor.lane));
  const merged = all<ContactRow>(context.database, byMerge, survivor.id);
  if (merged.length === 0) return { ...first, mergedFrom: [] };
  return personOf([first, ...merged.map((row) => contactOfRow(row, context.laneName(row.lane)))]);
}

/** What stored contacts that are one person come to. */
function personOf(members: readonly [StoredContact, ...StoredContact[]]): ContactView {
  const [first, ...rest] = members;
  const contact = asOne([first.contact, ...rest.map((member): Contact => member.contact)]);
  const conversations = members.flatMap(({ conversation }): Conversation[] =>
    conversation === null ? [] : [conversation],
  );
  return {
    contact,
    conversation: conversationAsOne(contact.id, conversations),
    mergedFrom: members.flatMap((member) => (member.contact.id === contact.id ? [] : [member.contact.id])),
  };
}

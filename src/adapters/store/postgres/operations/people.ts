import type { Contact } from '../../../../domain/contact.ts';
import type { Conversation } from '../../../../domain/conversation.ts';
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
import type { PostgresContext } from '../context.ts';
import { rowsParameter } from '../safe-text.ts';

/**
 * The contacts of a lane with these ids, or with these identifiers in any spelling, each once, and each with all
 * others that it is made one with; in the order in which they are asked for.
 */
export async function loadPeople(
  context: PostgresContext,
  laneId: number,
  ids: Iterable<string>,
  identifiers: readonly Identifier[],
): Promise<StoredContact[]> {
  const named = namesOf(identifiers);
  const askedIds = [...new Set(ids)];
  if (named.length === 0 && askedIds.length === 0) return [];
  const rows = await context.database.all<ContactRow>(
    `with asked as (
       select min(place) as place, contact from (
         select place, contacts.number as contact
         from unnest($2::text[]) with ordinality as given (id, place) join contacts on contacts.id = given.id
         union all
         select place + 1000000 as place, identifiers.contact
         from json_to_recordset($3::json) as given (place bigint, kinds text[], value text)
           join identifiers on identifiers.lane = $1 and identifiers.kind = any(given.kinds)
             and identifiers.value = given.value
       ) as found group by contact
     ),
     person as (
       select place, coalesce(merged_into, id) as id, number from asked join contacts on number = contact
       where contacts.lane = $1
     ),
     member as (
       select place, 0 as turn, number from person
       union all select place, 1, contacts.number from person join contacts on contacts.id = person.id
       union all select place, 2, contacts.number from person join contacts on contacts.merged_into = person.id
     ),
     chosen as (select distinct on (number) number, place, turn from member order by number, place, turn)
     select ${contactColumns} from chosen join contacts on contacts.number = chosen.number ${withConversation}
     where contacts.lane = $1
     order by place, turn, contacts.number`,
    laneId,
    askedIds,
    rowsParameter(named),
  );
  const laneName = await context.laneNames(rows);
  return rows.map((row) => contactOfRow(row, laneName(row.lane)));
}

/** What to look for: a number under both of its kinds, and first in the very spelling, then in the other one. */
function namesOf(identifiers: readonly Identifier[]): { place: number; kinds: string[]; value: string }[] {
  const names = new Map<string, { place: number; kinds: string[]; value: string }>();
  const add = (kinds: string[], value: string) => {
    const name = `${kinds[0]}:${value}`;
    if (!names.has(name)) names.set(name, { place: names.size, kinds, value });
  };
  for (const { kind, value } of identifiers) {
    if (kind !== 'wa_id' && kind !== 'typed') add([kind], value);
    else for (const variant of [value, ...phoneNumberVariants(value)]) add(['wa_id', 'typed'], variant);
  }
  return [...names.values()];
}

const byId = `select ${contactColumns} from contacts ${withConversation} where contacts.id = any($1::text[])`;
const byMerge = `select ${contactColumns} from contacts ${withConversation} where contacts.merged_into = any($1::text[])
  order by contacts.number`;

/** The person who a contact is, all contacts that they are made one; null when there is no such contact. */
export async function findPerson(context: PostgresContext, contactId: string): Promise<ContactView | null> {
  return (await findPeople(context, [contactId])).get(contactId) ?? null;
}

/** The persons who contacts are, by the ids that were asked for; one that is not there has none. */
export async function findPeople(
  context: PostgresContext,
  contactIds: Iterable<string>,
): Promise<Map<string, ContactView>> {
  const asked = await context.database.all<ContactRow>(byId, [...new Set(contactIds)]);
  const survivorIds = [...new Set(asked.map((row) => row.merged_into ?? row.id))];
  const missing = survivorIds.filter((id) => !asked.some((row) => row.id === id));
  const others = missing.length === 0 ? [] : await context.database.all<ContactRow>(byId, missing);
  const views = await viewsOf(
    context,
    [...asked, ...others].filter(({ merged_into }) => merged_into === null),
  );
  const people = new Map(views.map((view) => [view.contact.id, view]));
  return new Map(
    asked.flatMap((row): [string, ContactView][] => {
      const view = people.get(row.merged_into ?? row.id);
      return view === undefined ? [] : [[row.id, view]];
    }),
  );
}

/** The persons whose surviving contacts these rows are, in their order. */
export async function viewsOf(
  context: PostgresContext,
  survivors: readonly ContactRow[],
): Promise<ContactView[]> {
  if (survivors.length === 0) return [];
  const merged = await context.database.all<ContactRow>(
    byMerge,
    survivors.map(({ id }) => id),
  );
  const laneName = await context.laneNames(survivors);
  const stored = (row: ContactRow) => contactOfRow(row, laneName(row.lane));
  return survivors.map((survivor) => {
    const others = merged.filter(({ merged_into }) => merged_into === survivor.id);
    const first = stored(survivor);
    return others.length === 0 ? { ...first, mergedFrom: [] } : personOf([first, ...others.map(stored)]);
  });
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

import { Buffer } from 'node:buffer';
import type { Fence, LaneChanges } from '../../../../flows/lane-state.ts';
import { identifiersColumn, UNTIL_NOW } from '../../rows/contact-row.ts';
import type { PostgresContext } from '../context.ts';
import type { Statement } from '../database.ts';
import { rowsParameter } from '../safe-text.ts';
import { searchColumns } from '../search-columns.ts';
import { appendOwnEvents } from './own-events.ts';
import { putAccountFacts } from './put-account-facts.ts';
import { putNotifications } from './put-notifications.ts';

/** Refuses the transaction unless the unit is in these hands; until its commit nobody takes it over. */
export function holdLease({ lane, number }: Fence): Statement {
  return { sql: 'select hold_lease($1, $2)', values: [lane, number] };
}

/**
 * What writes down the changes that a batch of work made in a lane, and appends our own events: one statement for each
 * table that changes. The order is the same everywhere, so that two owners never wait for each other in a circle, and
 * what everybody waits for comes last.
 */
export function writeChanges(context: PostgresContext, laneId: number, changes: LaneChanges): Statement[] {
  const reference = (messageId: string) => Buffer.from(context.messageReference(messageId)).toString('hex');
  return [
    ...putContacts(laneId, changes),
    ...putIdentifiers(laneId, changes),
    ...putMerges(laneId, changes),
    ...putConversations(laneId, changes),
    ...putNotifications(laneId, changes, (notification) =>
      notification.messageId === null ? null : reference(notification.messageId),
    ),
    ...put(
      changes.statuses,
      `
      insert into statuses (message, name, participant, at, key, errors)
      select distinct on (decode(message, 'hex'), name, participant) decode(message, 'hex'), name, participant, at, key, errors
      from json_to_recordset($1::json) as given (message text, name text, participant text, at bigint, key text, errors text)
      order by decode(message, 'hex'), name, participant, at, key collate "C"
      on conflict (message, name, participant) do update
        set at = excluded.at, key = excluded.key, errors = excluded.errors
        where excluded.at < statuses.at or (excluded.at = statuses.at and excluded.key < statuses.key)`,
      (status) => ({
        message: reference(status.messageId),
        name: status.name,
        participant: status.participant ?? '',
        at: status.at,
        key: status.key,
        errors: JSON.stringify(status.errors),
      }),
    ),
    ...put(
      lastOf(changes.messages, ({ position }) => position),
      `
      insert into messages (position, lane, conversation, direction, at, message, notification)
      select position, $2, conversations.number, direction, at, decode(message, 'hex'), notification
      from json_to_recordset($1::json) as given (position bigint, conversation text, direction text, at bigint,
          message text, notification text)
        left join conversations on conversations.id = conversation
      on conflict (position) do update set conversation = excluded.conversation, direction = excluded.direction,
        at = excluded.at, message = excluded.message, notification = excluded.notification`,
      ({ position, conversationId, direction, at, messageId, notificationId }) => ({
        position,
        conversation: conversationId,
        direction,
        at,
        message: messageId === null ? null : reference(messageId),
        notification: notificationId,
      }),
      laneId,
    ),
    ...put(
      changes.eventContacts,
      `
      insert into event_contacts (position, contact, main)
      select position, contacts.number, 1
      from json_to_recordset($1::json) as given (position bigint, contact text) left join contacts on contacts.id = contact
      on conflict do nothing`,
      ({ position, contactId }) => ({ position, contact: contactId }),
    ),
    ...put(
      changes.businessPhones,
      `
      insert into business_phones (id, first_seen_at, last_event_at, display_number)
      select id, min(first_seen_at), max(last_event_at),
        (array_agg(display_number order by place desc) filter (where display_number is not null))[1]
      from json_to_recordset($1::json) as given (id text, first_seen_at bigint, last_event_at bigint,
        display_number text, place bigint)
      group by id order by id
      on conflict (id) do update set first_seen_at = least(business_phones.first_seen_at, excluded.first_seen_at),
        last_event_at = greatest(business_phones.last_event_at, excluded.last_event_at),
        display_number = coalesce(excluded.display_number, business_phones.display_number)`,
      ({ businessPhoneId, firstSeenAt, lastEventAt, displayNumber }, place) => ({
        id: businessPhoneId,
        first_seen_at: firstSeenAt,
        last_event_at: lastEventAt,
        display_number: displayNumber,
        place,
      }),
    ),
    ...put(
      changes.charges,
      `
      insert into charges (message, lane, at, key, billable, model, type, category, conversation, origin, expires_at)
      select distinct on (decode(message, 'hex')) decode(message, 'hex'), $2, at, key, billable, model, type, category,
        conversation, origin, expires_at
      from json_to_recordset($1::json) as given (message text, at bigint, key text, billable smallint, model text,
        type text, category text, conversation text, origin text, expires_at bigint)
      order by decode(message, 'hex'), at, key collate "C"
      on conflict (message) do update set lane = excluded.lane, at = excluded.at, key = excluded.key,
        billable = excluded.billable, model = excluded.model, type = excluded.type, category = excluded.category,
        conversation = excluded.conversation, origin = excluded.origin, expires_at = excluded.expires_at
      where excluded.at < charges.at or (excluded.at = charges.at and excluded.key < charges.key)`,
      ({ messageId, at, key, pricing, conversation }) => ({
        message: reference(messageId),
        at,
        key,
        billable: pricing.billable === null ? null : pricing.billable ? 1 : 0,
        model: pricing.model,
        type: pricing.type,
        category: pricing.category,
        conversation: conversation?.id ?? null,
        origin: conversation?.origin ?? null,
        expires_at: conversation?.expiresAt ?? null,
      }),
      laneId,
    ),
    ...putPreferences(laneId, changes.preferences),
    ...putAccountFacts(changes.accountFacts),
    ...appendOwnEvents(laneId, changes.events),
  ];
}

/** One statement for all rows of a kind; none when there are none. `$1` are the rows, `$2` and on what follows. */
function put<Item>(
  items: readonly Item[],
  sql: string,
  row: (item: Item, place: number) => object,
  ...others: (string | number)[]
): Statement[] {
  return items.length === 0 ? [] : [{ sql, values: [rowsParameter(items.map(row)), ...others] }];
}

/** Of several for the same row the last: rows are whole. */
function lastOf<Item>(items: readonly Item[], name: (item: Item) => string | number): Item[] {
  return [...new Map(items.map((item) => [name(item), item])).values()];
}

/** New contacts take their numbers one after another, so those that are there already are not proposed. */
function putContacts(laneId: number, { contacts }: LaneChanges): Statement[] {
  const given = `json_to_recordset($1::json) as given (id text, name text, name_at bigint, name_key text,
    first_seen_at bigint, wrote_in smallint, merged_into text, identifiers text,
    search_name text, search_identifiers text, place bigint)`;
  const row = (contact: LaneChanges['contacts'][number], place: number) => ({
    id: contact.id,
    name: contact.name,
    name_at: contact.nameAt,
    name_key: contact.nameKey,
    first_seen_at: contact.firstSeenAt,
    wrote_in: contact.wroteIn ? 1 : 0,
    merged_into: contact.mergedInto,
    identifiers: identifiersColumn(contact.identifiers),
    ...searchColumns(contact),
    place,
  });
  const items = lastOf(contacts, ({ id }) => id);
  return [
    ...put(
      items,
      `
      update contacts set name = given.name, name_at = given.name_at, name_key = given.name_key,
        first_seen_at = given.first_seen_at, wrote_in = given.wrote_in, merged_into = given.merged_into,
        identifiers = given.identifiers, search_name = given.search_name,
        search_identifiers = given.search_identifiers
      from ${given} where contacts.id = given.id`,
      row,
    ),
    ...put(
      items,
      `
      insert into contacts (id, lane, name, name_at, name_key, first_seen_at, wrote_in, merged_into, identifiers,
        search_name, search_identifiers)
      select id, $2, name, name_at, name_key, first_seen_at, wrote_in, merged_into, identifiers,
        search_name, search_identifiers
      from ${given}
      where not exists (select 1 from contacts where contacts.id = given.id)
      order by merged_into is not null, place`,
      row,
      laneId,
    ),
  ];
}

function putIdentifiers(laneId: number, { endedIdentifiers, identifiers }: LaneChanges): Statement[] {
  return [
    ...put(
      endedIdentifiers,
      `
      delete from identifiers using json_to_recordset($1::json) as given (kind text, value text, until bigint)
      where identifiers.lane = $2 and identifiers.kind = given.kind and identifiers.value = given.value
        and identifiers.until = given.until`,
      ({ kind, value, until }) => ({ kind, value, until: until ?? UNTIL_NOW }),
      laneId,
    ),
    ...put(
      identifiers,
      `
      insert into identifiers (lane, kind, value, until, contact)
      select distinct on (kind, value, until) $2, kind, value, until, contacts.number
      from json_to_recordset($1::json) as given (kind text, value text, until bigint, contact text, place bigint)
        left join contacts on contacts.id = contact
      order by kind, value, until, place desc
      on conflict (lane, kind, value, until) do update set contact = excluded.contact
        where identifiers.contact <> excluded.contact`,
      ({ kind, value, until, contactId }, place) => ({
        kind,
        value,
        until: until ?? UNTIL_NOW,
        contact: contactId,
        place,
      }),
      laneId,
    ),
  ];
}

/** Writes merges; of one that is there only whether it was undone. */
function putMerges(laneId: number, { merges }: LaneChanges): Statement[] {
  const items = lastOf(merges, ({ id }) => id);
  return [
    ...put(
      items,
      `
      update merges set undone_at = given.undone_at, undone_by = given.undone_by
      from json_to_recordset($1::json) as given (id text, undone_at bigint, undone_by text)
      where merges.id = given.id`,
      ({ id, undoneAt, undoneBy }) => ({ id, undone_at: undoneAt, undone_by: undoneBy }),
    ),
    ...put(
      items,
      `
      insert into merges (id, lane, survivor, merged, evidence, position, attempt, at, undone_at, undone_by)
      select id, $2, survivor, merged, evidence, position, attempt, at, undone_at, undone_by
      from json_to_recordset($1::json) as given (id text, survivor text, merged text, evidence text, position bigint,
        attempt text, at bigint, undone_at bigint, undone_by text, place bigint)
      where not exists (select 1 from merges where merges.id = given.id)
      order by place`,
      ({ evidence, ...merge }, place) => ({
        id: merge.id,
        survivor: merge.survivor,
        merged: merge.merged,
        evidence: evidence.kind,
        position: 'position' in evidence ? evidence.position : null,
        attempt: 'attemptId' in evidence ? evidence.attemptId : null,
        at: merge.at,
        undone_at: merge.undoneAt,
        undone_by: merge.undoneBy,
        place,
      }),
      laneId,
    ),
  ];
}

function putConversations(laneId: number, { conversations }: LaneChanges): Statement[] {
  const items = lastOf(conversations, ({ id }) => id);
  return [
    ...put(
      items,
      `
      update conversations set last_inbound_at = given.last_inbound_at, last_message_at = given.last_message_at
      from json_to_recordset($1::json) as given (id text, last_inbound_at bigint, last_message_at bigint)
      where conversations.id = given.id`,
      ({ id, lastInboundAt, lastMessageAt }) => ({
        id,
        last_inbound_at: lastInboundAt,
        last_message_at: lastMessageAt,
      }),
    ),
    ...put(
      items,
      `
      insert into conversations (id, lane, contact, group_id, last_inbound_at, last_message_at)
      select given.id, $2, contacts.number, group_id, last_inbound_at, last_message_at
      from json_to_recordset($1::json) as given (id text, contact text, group_id text, last_inbound_at bigint,
          last_message_at bigint, place bigint)
        left join contacts on contacts.id = given.contact
      where not exists (select 1 from conversations where conversations.id = given.id)
      order by place`,
      ({ id, contactId, groupId, lastInboundAt, lastMessageAt }, place) => ({
        id,
        contact: contactId,
        group_id: groupId,
        last_inbound_at: lastInboundAt,
        last_message_at: lastMessageAt,
        place,
      }),
      laneId,
    ),
  ];
}

/** Keeps people's words, each unless one that is known outweighs it, as `outweighs` of the domain says. */
export function putPreferences(laneId: number, preferences: LaneChanges['preferences']): Statement[] {
  return put(
    preferences,
    `
    insert into opt_outs (lane, kind, value, purpose, opted_out, at, key, evidence)
    select distinct on (kind, value, purpose) $2, kind, value, purpose, opted_out, at, key, evidence
    from json_to_recordset($1::json) as given (kind text, value text, purpose text, opted_out smallint, at bigint,
      key text, evidence text)
    order by kind, value, purpose, at desc, opted_out desc, key collate "C" desc
    on conflict (lane, kind, value, purpose) do update set opted_out = excluded.opted_out, at = excluded.at,
      key = excluded.key, evidence = excluded.evidence
    where (excluded.at, excluded.opted_out, excluded.key) > (opt_outs.at, opt_outs.opted_out, opt_outs.key)`,
    ({ person, purpose, optedOut, at, key, evidence }) => ({
      kind: person.kind,
      value: person.value,
      purpose,
      opted_out: optedOut ? 1 : 0,
      at,
      key,
      evidence,
    }),
    laneId,
  );
}

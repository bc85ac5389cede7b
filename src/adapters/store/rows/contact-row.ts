import type { Contact } from '../../../domain/contact.ts';
import type { Conversation } from '../../../domain/conversation.ts';
import type { Lane } from '../../../domain/lane.ts';
import type { HeldIdentifier, IdentifierKind } from '../../../domain/person.ts';

/** How the end of an identifier that is held still is written: the largest safe integer. */
export const UNTIL_NOW = Number.MAX_SAFE_INTEGER;

/** A contact under its own id, with the conversation of its own. */
export type StoredContact = { contact: Contact; conversation: Conversation | null };

/** A contact with its identifiers and its conversation, read by one statement: a fold reads one for each event. */
export type ContactRow = {
  id: string;
  lane: number;
  name: string | null;
  name_at: number;
  name_key: string;
  first_seen_at: number;
  wrote_in: number;
  merged_into: string | null;
  /** JSON: lists of kind, value, time of confirmation and end, and of numbers how they were seen. */
  identifiers: string;
  conversation: string | null;
  last_inbound_at: number | null;
  last_message_at: number | null;
};

type StoredIdentifier = [
  kind: IdentifierKind,
  value: string,
  confirmedAt: number | null,
  /** `UNTIL_NOW` while it is theirs. */
  until: number,
  /** From here on only what was seen with a user id has more to say. */
  pairedSince?: number | null,
  pairedAt?: number | null,
  /** 1 when it passed on to somebody else. */
  passedOn?: 1,
];

/** What to select of `contacts`, with the join that it needs. */
export const contactColumns = `contacts.id, contacts.lane, name, name_at, name_key, first_seen_at, wrote_in, merged_into,
  contacts.identifiers, conversations.id as conversation, last_inbound_at, last_message_at`;
export const withConversation = 'left join conversations on conversations.contact = contacts.number';

/** The identifiers of a contact as its row holds them: the same whatever order they became known in. */
export function identifiersColumn(identifiers: readonly HeldIdentifier[]): string {
  const stored = identifiers.map((held): StoredIdentifier => {
    const { kind, value, confirmedAt, until, pairedSince, pairedAt, passedOn } = held;
    const end = until ?? UNTIL_NOW;
    if (passedOn) return [kind, value, confirmedAt, end, pairedSince, pairedAt, 1];
    if (pairedSince !== null) return [kind, value, confirmedAt, end, pairedSince, pairedAt];
    return [kind, value, confirmedAt, end];
  });
  return JSON.stringify(stored.sort(byKindAndValue));
}

function byKindAndValue(one: StoredIdentifier, other: StoredIdentifier): number {
  if (one[0] !== other[0]) return one[0] < other[0] ? -1 : 1;
  if (one[1] !== other[1]) return one[1] < other[1] ? -1 : 1;
  return one[3] - other[3];
}

/** The contact of a row, with its own conversation. */
export function contactOfRow(row: ContactRow, lane: Lane): StoredContact {
  const identifiers: StoredIdentifier[] = JSON.parse(row.identifiers);
  return {
    contact: {
      id: row.id,
      lane,
      name: row.name,
      nameAt: row.name_at,
      nameKey: row.name_key,
      identifiers: identifiers.map(
        ([kind, value, confirmedAt, until, pairedSince = null, pairedAt = null, passedOn = 0]) => ({
          kind,
          value,
          confirmedAt,
          pairedSince,
          pairedAt,
          until: until === UNTIL_NOW ? null : until,
          passedOn: passedOn === 1,
        }),
      ),
      firstSeenAt: row.first_seen_at,
      wroteIn: row.wrote_in === 1,
      mergedInto: row.merged_into,
    },
    conversation:
      row.conversation === null || row.last_message_at === null
        ? null
        : {
            id: row.conversation,
            lane,
            contactId: row.id,
            groupId: null,
            lastInboundAt: row.last_inbound_at,
            lastMessageAt: row.last_message_at,
          },
  };
}

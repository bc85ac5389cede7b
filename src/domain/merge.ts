import type { Contact } from './contact.ts';
import type { Conversation } from './conversation.ts';
import type { Lane } from './lane.ts';
import { endOf, type HeldIdentifier, laterOf } from './person.ts';

/**
 * What shows that two contacts are one person: Meta named both in one element or contact entry (`pair`), in the
 * answer to a send call (`answer`), in a notice of a new number or user id, or by two spellings of one number.
 */
export const evidenceKinds = ['pair', 'answer', 'number-change', 'user-id-change', 'spelling'] as const;

/** Why two contacts are one person, and where that stands: in an event of the feed, or in a try to send. */
export type Evidence = { kind: (typeof evidenceKinds)[number] } & (
  | { position: number }
  | { attemptId: string }
);

/** Two contacts made one. Nothing of either is rewritten, so that it can be undone, and done again. */
export type Merge = {
  /** `mg_` and sixteen characters. */
  id: string;
  lane: Lane;
  /** The one of the two whose side was seen first. */
  survivor: string;
  merged: string;
  evidence: Evidence;
  /** Effective time of the evidence in milliseconds. */
  at: number;
  /** When a person undid it, in milliseconds; null while it holds. */
  undoneAt: number | null;
  /** The name of the API key that undid it. */
  undoneBy: string | null;
};

/** The one of several contacts under which all are shown: the earliest first seen; at a tie the smaller id. */
export function survivorOf(members: readonly [Contact, ...Contact[]]): Contact {
  return members.reduce((first, other) => {
    if (other.firstSeenAt !== first.firstSeenAt) return other.firstSeenAt < first.firstSeenAt ? other : first;
    return other.id < first.id ? other : first;
  });
}

/** The contacts, told which of them they all are; those that knew it already come back as they are. */
export function together(members: readonly [Contact, ...Contact[]]): Contact[] {
  const survivor = survivorOf(members);
  return members.map((member) => {
    const mergedInto = member.id === survivor.id ? null : survivor.id;
    return member.mergedInto === mergedInto ? member : { ...member, mergedInto };
  });
}

/** The contacts, grouped anew by those of the merges that hold. */
export function grouped(members: readonly Contact[], merges: readonly Merge[]): Contact[] {
  const groups = new Map<string, [Contact, ...Contact[]]>(members.map((member) => [member.id, [member]]));
  for (const { survivor, merged, undoneAt } of merges) {
    const one = groups.get(survivor);
    const other = groups.get(merged);
    if (undoneAt !== null || one === undefined || other === undefined || one === other) continue;
    one.push(...other);
    for (const { id } of other) groups.set(id, one);
  }
  return [...new Set(groups.values())].flatMap(together);
}

/** What several contacts that are one person come to, under the id of the survivor. */
export function asOne(members: readonly [Contact, ...Contact[]]): Contact {
  if (members.length === 1) return members[0];
  const survivor = members.find(({ mergedInto }) => mergedInto === null) ?? survivorOf(members);
  const named = members.reduce((one, other) => (isNamedLater(other, one) ? other : one));
  return {
    ...survivor,
    name: named.name,
    nameAt: named.nameAt,
    nameKey: named.nameKey,
    identifiers: identifiersOf(members),
    firstSeenAt: Math.min(...members.map(({ firstSeenAt }) => firstSeenAt)),
    wroteIn: members.some(({ wroteIn }) => wroteIn),
  };
}

/** What all are called by, each name once for each time. A number that passed on among them did not pass on. */
function identifiersOf(members: readonly Contact[]): HeldIdentifier[] {
  const all = members
    .flatMap(({ identifiers }) => identifiers)
    .sort(
      (one, other) =>
        order(one.kind, other.kind) || order(one.value, other.value) || endOf(one) - endOf(other),
    );
  const shown: HeldIdentifier[] = [];
  for (const held of all.toReversed()) {
    const later = shown.at(-1);
    if (!held.passedOn || later?.kind !== held.kind || later.value !== held.value) shown.push(held);
    else shown.splice(-1, 1, { ...later, confirmedAt: laterOf(later.confirmedAt, held.confirmedAt) });
  }
  return shown.reverse();
}

function isNamedLater(one: Contact, other: Contact): boolean {
  if (one.name === null || other.name === null) return one.name !== null;
  return one.nameAt > other.nameAt || (one.nameAt === other.nameAt && one.nameKey > other.nameKey);
}

function order(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** What the conversations of one person come to, under the smallest of their ids; null when there is none. */
export function conversationAsOne(
  contactId: string,
  conversations: readonly Conversation[],
): Conversation | null {
  const [first] = conversations.toSorted((one, other) => order(one.id, other.id));
  if (first === undefined) return null;
  const inbound = conversations.flatMap(({ lastInboundAt }) => lastInboundAt ?? []);
  return {
    ...first,
    contactId,
    lastInboundAt: inbound.length === 0 ? null : Math.max(...inbound),
    lastMessageAt: Math.max(...conversations.map(({ lastMessageAt }) => lastMessageAt)),
  };
}

import type { Contact } from '../domain/contact.ts';
import { idFromKey, keyOfId } from '../domain/id.ts';
import type { Lane } from '../domain/lane.ts';
import { asOne, type Evidence, grouped, type Merge, together } from '../domain/merge.ts';
import type { LaneChanges, LaneState } from './lane-state.ts';

/** When and by which event something became known. */
export type Sighting = { at: number; key: string };

/** The contacts of a lane while a batch is worked through, and which of them are one person. */
export type ContactGroups = {
  /** A contact under its own id, whether or not it was made one with others. */
  contact(id: string): Contact | null;
  /** Who a contact is: all that it was made one with, under the id of the survivor. */
  person(id: string): Contact | null;
  /** The ids of all contacts that are one person with this one. */
  idsOf(id: string): readonly string[];
  /** The user ids (BSUIDs) of the person who a contact is. */
  userIdsOf(id: string): readonly string[];
  put(contact: Contact): void;
  /** Makes two contacts one, unless they are already, or a person told them apart. */
  join(one: string, other: string, evidence: Evidence, sighting: Sighting): void;
  merge(id: string): Merge | null;
  /** Keeps a merge as it is now, undone or not, and groups its contacts anew. */
  putMerge(merge: Merge): void;
  changes(): Pick<LaneChanges, 'contacts' | 'merges'>;
};

/** Starts with the contacts that were loaded, each with all others of its group. */
export function contactGroups(lane: Lane, state: Pick<LaneState, 'contacts' | 'merges'>): ContactGroups {
  const contacts = new Map(state.contacts.map((contact) => [contact.id, contact]));
  const groups = new Map<string, string[]>();
  const merges = new Map(state.merges.map((merge) => [merge.id, merge]));
  const changedContacts = new Set<string>();
  const changedMerges = new Set<string>();

  for (const contact of state.contacts) joinGroup(contact);

  function joinGroup({ id, mergedInto }: Contact): void {
    const group = groups.get(mergedInto ?? id);
    if (group === undefined) groups.set(mergedInto ?? id, [id]);
    else if (!group.includes(id)) group.push(id);
  }

  function put(contact: Contact): void {
    const before = contacts.get(contact.id);
    if (before === contact) return;
    contacts.set(contact.id, contact);
    changedContacts.add(contact.id);
    if (before !== undefined && before.mergedInto !== contact.mergedInto) {
      const root = before.mergedInto ?? before.id;
      groups.set(
        root,
        (groups.get(root) ?? []).filter((id) => id !== contact.id),
      );
    }
    joinGroup(contact);
  }

  function rootOf(id: string): string {
    return contacts.get(id)?.mergedInto ?? id;
  }

  function idsOf(id: string): readonly string[] {
    return groups.get(rootOf(id)) ?? [];
  }

  function membersOf(id: string): Contact[] {
    return idsOf(id).flatMap((member) => contacts.get(member) ?? []);
  }

  function userIdsOf(id: string): string[] {
    return membersOf(id).flatMap(({ identifiers }) =>
      identifiers.flatMap(({ kind, value }) => (kind === 'user_id' ? [value] : [])),
    );
  }

  function join(one: string, other: string, evidence: Evidence, sighting: Sighting): void {
    if (rootOf(one) === rootOf(other) || areApart(one, other)) return;
    const side = idsOf(one);
    const [first, ...rest] = [...membersOf(one), ...membersOf(other)];
    if (first === undefined) return;
    for (const member of together([first, ...rest])) put(member);
    const [survivor, merged] = side.includes(rootOf(one)) ? [one, other] : [other, one];
    const id = mergeId(sighting.key, survivor, merged);
    const merge: Merge = {
      id,
      lane,
      survivor,
      merged,
      evidence,
      at: sighting.at,
      undoneAt: null,
      undoneBy: null,
    };
    merges.set(id, merge);
    changedMerges.add(id);
  }

  function areApart(one: string, other: string): boolean {
    const roots = [rootOf(one), rootOf(other)];
    return [...merges.values()].some(
      ({ undoneAt, survivor, merged }) =>
        undoneAt !== null &&
        roots.includes(rootOf(survivor)) &&
        roots.includes(rootOf(merged)) &&
        rootOf(survivor) !== rootOf(merged),
    );
  }

  return {
    contact: (id) => contacts.get(id) ?? null,
    person(id) {
      const [first, ...rest] = membersOf(id);
      return first === undefined ? null : asOne([first, ...rest]);
    },
    idsOf,
    userIdsOf,
    put,
    join,
    merge: (id) => merges.get(id) ?? null,
    putMerge(merge) {
      const members = new Map(
        [...membersOf(merge.survivor), ...membersOf(merge.merged)].map((member) => [member.id, member]),
      );
      merges.set(merge.id, merge);
      changedMerges.add(merge.id);
      for (const member of grouped([...members.values()], [...merges.values()])) put(member);
    },
    changes: () => ({
      contacts: [...changedContacts].flatMap((id) => contacts.get(id) ?? []),
      merges: [...changedMerges].flatMap((id) => merges.get(id) ?? []),
    }),
  };
}

/** The id of a merge: by what made it known, and of which two. No randomness, so that a fold stays pure. */
function mergeId(key: string, survivor: string, merged: string): string {
  const mixed = [key, keyOfId(survivor), keyOfId(merged)].reduce(
    (sum, part) => sum ^ BigInt(`0x${part.slice(8, 20)}`),
    0n,
  );
  return idFromKey('mg_', key.slice(0, 8) + mixed.toString(16).padStart(12, '0'));
}

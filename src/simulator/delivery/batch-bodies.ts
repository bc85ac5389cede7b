import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';

/** The most updates and bytes of one body (meta-facts §2.4). */
export const BATCH_MOST_UPDATES = 1000;
export const BATCH_MOST_BYTES = 3 * 1024 * 1024;

/**
 * Which list of a body holds several updates (meta-facts §2.4 allows each): `entries`, `changes` of one entry, or the
 * `elements` of one change, such as its messages and statuses.
 */
export type BatchLevel = 'entries' | 'changes' | 'elements';

/** One body out of several, in their order. What the level cannot join stands beside it, one level further out. */
export function batchBodies(bodies: readonly JsonObject[], level: BatchLevel): JsonObject {
  const entries = bodies.flatMap((body) => objectsOf(body.entry));
  if (level === 'entries') return { object: 'whatsapp_business_account', entry: entries };
  const byAccount = new Map<string, JsonObject>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.id ?? null, entry.time ?? null]);
    const known = byAccount.get(key);
    const changes = [...objectsOf(known?.changes), ...objectsOf(entry.changes)];
    byAccount.set(key, { ...(known ?? entry), changes });
  }
  const entry = [...byAccount.values()].map((joined) =>
    level === 'changes' ? joined : { ...joined, changes: joinElements(objectsOf(joined.changes)) },
  );
  return { object: 'whatsapp_business_account', entry };
}

/** Neighbours of one field and phone become one change, whose lists hold the elements of all of them. */
function joinElements(changes: readonly JsonObject[]): JsonObject[] {
  const joined: JsonObject[] = [];
  for (const change of changes) {
    const before = joined.at(-1);
    const value = isJsonObject(change.value) ? change.value : null;
    const valueBefore = before !== undefined && isJsonObject(before.value) ? before.value : null;
    if (before === undefined || value === null || valueBefore === null || !sameSubject(before, change)) {
      joined.push(change);
      continue;
    }
    const lists = Object.keys({ ...valueBefore, ...value }).map((name): [string, Json] => {
      const [one, other] = [valueBefore[name], value[name]];
      if (Array.isArray(one) && Array.isArray(other)) return [name, [...one, ...other]];
      return [name, one ?? other ?? null];
    });
    joined[joined.length - 1] = { ...before, value: Object.fromEntries(lists) };
  }
  return joined;
}

/** Same field, and everything in the value that is no list is equal. */
function sameSubject(one: JsonObject, other: JsonObject): boolean {
  return subjectOf(one) === subjectOf(other);
}

function subjectOf({ field, value }: JsonObject): string {
  const scalars = isJsonObject(value) ? Object.entries(value).filter(([, part]) => !Array.isArray(part)) : [];
  return JSON.stringify([field ?? null, scalars]);
}

function objectsOf(list: Json | undefined): JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

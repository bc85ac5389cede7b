import type { EventKind } from '../domain/event.ts';
import type { EventFacts } from '../domain/event-facts.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { type Lane, phoneLane } from '../domain/lane.ts';
import { type ContactBook, createContactBook } from './contact-book.ts';
import { factsOf, isMessage, isStatus } from './element-facts.ts';
import { type ElementIdentity, identify, identifyBody } from './element-identity.ts';
import type { ElementPath } from './element-path.ts';
import type { EventKeys } from './event-key.ts';
import { framing, holdsLists, listKinds, memberKinds, readingOf } from './field-kinds.ts';
import { mapInTurns } from './map-in-turns.ts';
import { parseBody } from './read-event.ts';
import { readList, readObject, readSeconds, readText } from './wire-values.ts';

/** One element of a webhook, read. Plain data. */
export type ParsedEvent = {
  lane: Lane;
  kind: EventKind;
  /** Where it stands in the body. */
  path: ElementPath;
  /** Meta's time in milliseconds; null when there is none, or none between 2009-01-01 and 2^32 − 1 seconds. */
  occurredAt: number | null;
  identity: ElementIdentity;
  /** 8 bytes: the same for the same content. Empty when none was asked for. */
  digest: Uint8Array;
  facts: EventFacts;
};

/** What a webhook's body says. */
export type ParsedWebhook = {
  /** What `parseBody` gave: undefined when the body is no JSON. */
  json: Json | undefined;
  /** At least one, whatever the bytes. */
  events: ParsedEvent[];
};

/** Meta batches at most 1,000 updates (meta-facts §2.4). A body with more events than this is kept as one. */
const MOST_EVENTS = 10_000;

/** How to read a body. */
export type ParseOptions = {
  /** False for whoever never compares contents, and saves a fifth of the time. */
  withDigests: boolean;
};

/**
 * Reads a body that Meta signed. Total: it never throws, and whatever is unknown or malformed becomes an
 * `unrecognised` event of its own while its siblings stay as they are.
 */
export function parseWebhook(
  body: Uint8Array,
  keys: EventKeys,
  { withDigests }: ParseOptions = { withDigests: true },
): ParsedWebhook {
  const json = parseBody(body);
  const found = findElements(json);
  if (found === null) return { json, events: [rawOnlyEvent(body, keys)] };
  return { json, events: found.map((one) => readFound(one, keys, withDigests)) };
}

/** From here on a pause costs nothing beside the reading, in bytes. */
const LARGE_BODY = 256 * 1024;

/**
 * The same, without holding up everything else for a batch of a thousand updates.
 *
 * @param pause is waited for between two parts of a large batch, and never for a small body
 */
export async function parseWebhookInTurns(
  body: Uint8Array,
  keys: EventKeys,
  { withDigests }: ParseOptions,
  pause: () => Promise<void>,
): Promise<ParsedWebhook> {
  const isLarge = body.byteLength > LARGE_BODY;
  // The caller may have verified it just now, which took as long again.
  if (isLarge) await pause();
  const json = parseBody(body);
  const found = findElements(json);
  if (isLarge) await pause();
  if (found === null) return { json, events: [rawOnlyEvent(body, keys)] };
  const events = await mapInTurns(found, (one) => readFound(one, keys, withDigests), pause);
  return { json, events };
}

/** The form of any body that cannot fail: one `unrecognised` event that stands for all its bytes. */
export function rawOnlyEvent(body: Uint8Array, keys: EventKeys): ParsedEvent {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  return {
    lane: 'installation',
    kind: 'unrecognised',
    path: '',
    ...identifyBody(bytes, keys),
    facts: { fact: 'other', person: null },
  };
}

/** What all elements of one change, or of one malformed part, have around them; and where all go that are found. */
type Surroundings = {
  found: Found[];
  lane: Lane;
  entrySeconds: number | null;
  contacts: ContactBook;
};

/** An element where it was found, not read yet. */
type Found = Omit<Place, 'arrayPath'> & { arrayPath: string; around: Surroundings };

type Place = {
  kind: EventKind;
  path: ElementPath;
  array: string;
  /** The same as `array` when left out. */
  arrayPath?: string;
  element: Json | undefined;
};

const noContacts = createContactBook(null);

/** Every element of a body in its order; null when there is none, or more than Meta ever sends. */
function findElements(json: Json | undefined): Found[] | null {
  const found: Found[] = [];
  const entries = readList(readObject(json)?.entry);
  for (let index = 0; index < entries.length && found.length <= MOST_EVENTS; index++) {
    readEntry(entries[index], `${index}`, found);
  }
  return found.length === 0 || found.length > MOST_EVENTS ? null : found;
}

function readEntry(entry: Json | undefined, path: ElementPath, found: Found[]): void {
  const object = readObject(entry);
  const lane = accountLaneOf(object);
  const around = { found, lane, entrySeconds: readSeconds(object?.time), contacts: noContacts };
  const changes = readList(object?.changes);
  if (changes.length === 0) add(around, { kind: 'unrecognised', path, array: 'entry', element: entry });
  for (let index = 0; index < changes.length && found.length <= MOST_EVENTS; index++) {
    readChange(changes[index], `${path}.${index}`, around);
  }
}

function readChange(change: Json | undefined, path: ElementPath, entry: Surroundings): void {
  const object = readObject(change);
  const value = readObject(object?.value);
  if (value === null) {
    add(entry, { kind: 'unrecognised', path, array: 'change', element: change });
    return;
  }
  const { found, entrySeconds } = entry;
  const lane = phoneLaneOf(value) ?? entry.lane;
  const around = { found, lane, entrySeconds, contacts: createContactBook(value) };
  const field = readText(object?.field);
  const reading = readingOf(field, value);
  const before = found.length;
  if (reading.events === 'elements') {
    readMembers(value, path, reading.kind, around);
    if (isJsonObject(value.standby)) readMembers(value.standby, `${path}.standby`, 'standby', around);
  }
  if (found.length > before) return;
  const arrayPath = `value:${field ?? ''}`;
  add(around, { kind: reading.kind, path: `${path}.value`, array: 'value', arrayPath, element: value });
}

/**
 * The events in the members of a value, or of the `standby` in it. Beside known lists an unknown member is one
 * event, so that what Meta adds tomorrow is seen; alone it is seen with the whole value.
 *
 * @param family the kind of the field, `unrecognised` for `messages`
 */
function readMembers(holder: JsonObject, path: ElementPath, family: EventKind, around: Surroundings): void {
  const place = { path, family, besideKnown: holdsLists(holder) };
  for (const name of Object.keys(holder)) {
    if (!memberKinds.has(name)) readMember(holder, name, place, around);
  }
  // What is about the person of a message comes after it: only then is the person a contact.
  for (const name of memberKinds.keys()) {
    if (Object.hasOwn(holder, name)) readMember(holder, name, place, around);
  }
}

function readMember(
  holder: JsonObject,
  name: string,
  { path, family, besideKnown }: { path: ElementPath; family: EventKind; besideKnown: boolean },
  around: Surroundings,
): void {
  const member = holder[name] ?? null;
  const kind = listKinds.get(name);
  const memberPath = `${path}.${name}`;
  if (kind !== undefined && Array.isArray(member)) {
    readElements(member, memberPath, { array: name, kind, family }, around);
  } else if (kind === undefined ? besideKnown && isNews(name, member) : member !== null) {
    const memberKind = kindOfMember(name, member, family);
    // The key of what nobody could read: it must stay the same, however well a member is understood.
    const arrayPath = `member:${name}`;
    add(around, { kind: memberKind, path: memberPath, array: 'member', arrayPath, element: member });
  }
}

/** Whether a member that is no known list says something: not what is around all events, and not nothing. */
function isNews(name: string, member: Json): boolean {
  if (member === null || framing.has(name) || (Array.isArray(member) && member.length === 0)) return false;
  return !(name === 'standby' && isJsonObject(member) && holdsLists(member));
}

/** A lone object in place of a list is an element of it. */
function kindOfMember(name: string, member: Json, family: EventKind): EventKind {
  if (!isJsonObject(member)) return 'unrecognised';
  const kind = listKinds.get(name);
  return kind === undefined
    ? (memberKinds.get(name) ?? 'unrecognised')
    : kindOfElement(member, { array: name, kind, family });
}

/** A list, the kind of its elements by themselves, and the kind of the field that it came in. */
type ListPlace = { array: string; kind: EventKind; family: EventKind };

function readElements(
  list: readonly Json[],
  path: ElementPath,
  place: ListPlace,
  around: Surroundings,
): void {
  const { array, family } = place;
  const arrayPath = isAdopted(place) ? `${family}.${array}` : array;
  for (let index = 0; index < list.length && around.found.length <= MOST_EVENTS; index++) {
    const element = list[index];
    const kind = kindOfElement(element, place);
    add(around, { kind, path: `${path}.${index}`, array, arrayPath, element });
  }
}

function kindOfElement(element: Json | undefined, place: ListPlace): EventKind {
  if (!isJsonObject(element)) return 'unrecognised';
  if (isAdopted(place)) return place.family;
  return fitsKind(place.kind, element) ? place.kind : 'unrecognised';
}

function isAdopted({ array, family }: ListPlace): boolean {
  return family === 'standby' || (family !== 'unrecognised' && adopted.has(array));
}

/**
 * Messages and statuses belong to a field of another kind that carries them: those of `history` and `standby`
 * must open no window, statuses of `calls` are none of messages.
 */
const adopted: ReadonlySet<string> = new Set(['messages', 'statuses']);

function fitsKind(kind: EventKind, element: JsonObject): boolean {
  if (kind === 'message') return isMessage(element);
  return kind !== 'status' || isStatus(element);
}

function add(around: Surroundings, { kind, path, array, arrayPath = array, element }: Place): void {
  around.found.push({ kind, path, array, arrayPath, element, around });
}

function readFound(
  { kind, path, array, arrayPath, element = null, around }: Found,
  keys: EventKeys,
  withDigests: boolean,
): ParsedEvent {
  const { lane, entrySeconds, contacts } = around;
  const place = { lane, array, arrayPath, entrySeconds };
  const { identity, digest, occurredAt } = identify(element, place, keys, withDigests);
  return { lane, kind, path, occurredAt, identity, digest, facts: factsOf(kind, element, contacts) };
}

/** The lane of the business phone that a value names by its id; never by a displayed number (meta-facts §4.1). */
function phoneLaneOf(value: JsonObject): Lane | null {
  const id =
    laneId(readObject(value.metadata)?.phone_number_id) ??
    laneId(readObject(value.recipient)?.phone_number_id) ??
    laneId(readObject(value.phone_number_settings)?.phone_number_id);
  return id === null ? null : phoneLane(id);
}

function accountLaneOf(entry: JsonObject | null): Lane {
  const id = laneId(entry?.id);
  return id === null ? 'installation' : `waba:${id}`;
}

/** An id that may name a lane; spaces, control characters and half characters are in none of Meta's. */
function laneId(value: Json | undefined): string | null {
  const id = readText(value);
  return id !== null && /^[^\p{C}\s]{1,128}$/u.test(id) ? id : null;
}

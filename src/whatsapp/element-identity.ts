import type { Json, JsonObject } from '../domain/json.ts';
import type { Lane } from '../domain/lane.ts';
import { canonicalJson } from './canonical-json.ts';
import type { EventKeys } from './event-key.ts';
import { readObject, readSeconds, readText } from './wire-values.ts';

/** The frozen identity of an element: its key, or for an undated state the subject that the store numbers. */
export type ElementIdentity = { key: Uint8Array } | { undatedSubject: Uint8Array };

/** Where an element was found, as far as its identity depends on it. */
export type ElementPlace = {
  lane: Lane;
  /**
   * The list's path below the change value, without indexes: `messages`, `standby.statuses`. Under a field that
   * is neither `messages` nor unknown, messages and statuses are that field's: `call.statuses`,
   * `history.messages`. What is in no list: `value:<field>`, `change`, `entry`.
   */
  arrayPath: string;
  /** The list's own name (`messages`), or `value`, `change`, `entry`. */
  array: string;
  /** The `time` of its entry in seconds. */
  entrySeconds: number | null;
};

/** What identifies an element: never how well it was understood, only what stands in it and where. */
export type IdentifiedElement = {
  identity: ElementIdentity;
  /** Empty when none was asked for. */
  digest: Uint8Array;
  /** When it happened, in milliseconds. */
  occurredAt: number | null;
};

type Names = { elementId: string; name: string; participant: string };

/**
 * Gives an element its identity. Frozen, with all tables of this file: by its id where the list is one
 * whose elements have ids, else by time and content, else by the state that it reports, else by its content.
 * The time is the element's own; `entry.time` stands in for it only where there is no id, because nothing
 * says that Meta repeats it in a redelivery.
 *
 * @param withDigest whether contents will be compared. Their canonical form and its hash are a fifth of all
 *   reading, and whoever keeps no contents can save it.
 */
export function identify(
  element: Json,
  place: ElementPlace,
  keys: EventKeys,
  withDigest = true,
): IdentifiedElement {
  const { lane, arrayPath, array, entrySeconds } = place;
  const object = readObject(element);
  const names = object === null ? null : namesOf(array, object);
  const canonical = withDigest || names === null ? canonicalJson(element) : '';
  const own = object === null ? null : ownSeconds(object);
  const seconds = own ?? entrySeconds;

  let identity: ElementIdentity;
  if (names !== null) {
    identity = { key: keys.identified({ lane, arrayPath, ...names, seconds: own }) };
  } else {
    const subject = seconds === null && object !== null ? subjectOf(array, object) : null;
    identity =
      subject === null
        ? { key: keys.timed({ lane, field: arrayPath, seconds: seconds ?? 0, canonical }) }
        : { undatedSubject: keys.undatedSubject({ lane, field: arrayPath, subject }) };
  }
  return {
    identity,
    digest: withDigest ? keys.digest(canonical) : noDigest,
    occurredAt: seconds === null ? null : seconds * 1000,
  };
}

const noDigest = new Uint8Array(0);

/** The identity of a whole body that is no webhook of Meta's shape: its bytes, one character each. */
export function identifyBody(bytes: string, keys: EventKeys): IdentifiedElement {
  return {
    identity: { key: keys.timed({ lane: 'installation', field: 'body', seconds: 0, canonical: bytes }) },
    digest: keys.digest(bytes),
    occurredAt: null,
  };
}

/** `timestamp`, or for an address book entry the one in its `metadata` (meta-facts §3.1, smb_app_state_sync). */
function ownSeconds(element: JsonObject): number | null {
  return readSeconds(element.timestamp) ?? readSeconds(readObject(element.metadata)?.timestamp);
}

/** What tells elements of a list with ids apart; null where there is no id, or not all that must go with it. */
function namesOf(array: string, element: JsonObject): Names | null {
  switch (array) {
    case 'messages':
    case 'message_echoes':
      return named(element, '', '');
    case 'statuses':
      return named(element, keyText(element.status), participantOf(element) ?? '');
    case 'calls':
      return named(element, keyText(element.event), '');
    case 'automatic_events':
    case 'tracking_events':
      return named(element, keyText(element.event_name), '');
    default:
      return null;
  }
}

function named(element: JsonObject, name: string | null, participant: string): Names | null {
  const elementId = keyText(element.id);
  return elementId === null || name === null ? null : { elementId, name, participant };
}

/** The group member that a status speaks of (meta-facts §4.3). Apart from the facts, which may learn more names. */
function participantOf(status: JsonObject): string | null {
  return (
    keyText(status.recipient_participant_id) ??
    keyText(status.participant_recipient_id) ??
    keyText(status.recipient_participant_user_id)
  );
}

/**
 * What an undated element is the state of, or null when it is no state and its content must tell it from
 * others. The event's own name is no subject: a template goes APPROVED, PAUSED, APPROVED.
 *
 * | element | subject |
 * |---|---|
 * | a value-level error | its code |
 * | a history chunk | phase and order |
 * | a whole value | the first of `subjectMembers`, else `waba_info.waba_id`, else nothing: its field in its lane |
 */
function subjectOf(array: string, element: JsonObject): string | null {
  if (array === 'errors') return keyText(element.code) ?? '';
  if (array === 'history') {
    const chunk = readObject(element.metadata);
    return `${keyText(chunk?.phase) ?? ''}:${keyText(chunk?.chunk_order) ?? ''}`;
  }
  if (array !== 'value') return null;
  for (const member of subjectMembers) {
    const subject = keyText(element[member]);
    if (subject !== null) return `${member}:${subject}`;
  }
  const account = keyText(readObject(element.waba_info)?.waba_id);
  return account === null ? '' : `waba_id:${account}`;
}

const subjectMembers = [
  'message_template_id',
  'flow_id',
  'display_phone_number',
  'phone_number',
  'solution_id',
  'configuration_name',
  'entity_id',
] as const;

/** Text that a key may be made of. Half a surrogate pair would be hashed like any other: then content decides. */
function keyText(value: Json | undefined): string | null {
  const text = readText(value);
  return text?.isWellFormed() ? text : null;
}

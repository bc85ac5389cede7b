import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import type { MetaStep } from '../meta-steps.ts';
import type { SimulatedPerson } from '../people/simulated-person.ts';

/** What a person did, by the method of `SimulatedPerson` and what it was given. */
type RecordedAct = {
  kind: 'act';
  /** In milliseconds of simulated time, as in every entry. */
  at: number;
  /** As they had it at that moment. */
  waId: string;
  businessPhone: string | null;
  does: string;
  given: readonly Json[];
};

/** Somebody was made, or asked for by a name. */
type RecordedPerson = { kind: 'person'; at: number; waId: string; name: string | null };

/**
 * A call of the Graph API, without its token, and the HTTP status that it was answered; null for none. Files that were
 * uploaded are not in it.
 */
type RecordedCall = {
  kind: 'call';
  at: number;
  method: string;
  path: string;
  body: Json;
  status: number | null;
};

/** Meta did something, or something was made to go wrong. */
type RecordedMeta = { kind: 'meta'; at: number; step: MetaStep };

/** A run, as JSON: all that came into it from outside. */
export type Recording = {
  seed: string;
  /** What the simulated clock showed at the start, in milliseconds. */
  startedAt: number;
  entries: readonly (RecordedAct | RecordedPerson | RecordedCall | RecordedMeta)[];
};

/** What people can do that changes something; everything else only looks. */
export const recordedActs: ReadonlySet<string> = new Set<keyof SimulatedPerson>([
  'writes',
  'sends',
  'sendsImage',
  'sendsVideo',
  'sendsDocument',
  'sendsAudio',
  'sendsSticker',
  'sendsLocation',
  'sendsContacts',
  'taps',
  'reacts',
  'edits',
  'deletes',
  'reads',
  'plays',
  'calls',
  'stopsMarketing',
  'resumesMarketing',
  'isAnsweredInApp',
  'setStandby',
  'blocks',
  'unblocks',
  'changesNumber',
  'takesUsername',
  'setOnline',
  'setAutoRead',
  'setReadReceipts',
  'setAutoReply',
]);

/** The most that one recording holds; a longer run has none. */
const MOST_ENTRIES = 50_000;

/** Writes down what comes into a run from outside. */
export type Recorder = {
  /** The same person, whose acts are written down. */
  recorded(person: SimulatedPerson): SimulatedPerson;
  addPerson(waId: string, name: string | null): void;
  addMeta(step: MetaStep): void;
  /** From now on there is no recording, because of what a sentence says. */
  cannot(because: string): void;
  addCall(call: Omit<RecordedCall, 'kind'>): void;
  /**
   * Throws a TypeError when something was given that JSON cannot hold, such as a function, and a RangeError when more
   * happened than is kept.
   */
  recording(): Recording;
};

/** @param now the simulated time */
export function createRecorder(seed: string, now: () => number): Recorder {
  const startedAt = now();
  const entries: Entry[] = [];
  let reason: string | null = null;

  function keep(entry: Entry): void {
    if (entries.length <= MOST_ENTRIES) entries.push(entry);
  }

  function recorded(person: SimulatedPerson, businessPhone: string | null = null): SimulatedPerson {
    return new Proxy(person, {
      get(target, name) {
        if (name === 'with') return (id: string) => recorded(target.with(id), id);
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function' || typeof name !== 'string' || !recordedActs.has(name))
          return member;
        return (...given: unknown[]): unknown => {
          keep({ kind: 'act', at: now(), waId: target.waId, businessPhone, does: name, given });
          return Reflect.apply(member, target, given);
        };
      },
    });
  }

  return {
    recorded: (person) => recorded(person),
    addPerson: (waId, name) => {
      keep({ kind: 'person', at: now(), waId, name });
    },
    addMeta: (step) => {
      keep({ kind: 'meta', at: now(), step });
    },
    cannot: (because) => {
      reason ??= because;
    },
    addCall: ({ at, method, path, body, status }) => {
      keep({ kind: 'call', at, method, path, body, status });
    },
    recording() {
      if (reason !== null) throw new TypeError(`This run cannot be recorded: ${reason}`);
      if (entries.length > MOST_ENTRIES) {
        throw new RangeError(
          `More than ${MOST_ENTRIES} acts and calls came into this run; record a shorter one.`,
        );
      }
      return { seed, startedAt, entries: entries.map(written) };
    },
  };
}

type Entry =
  | (Omit<RecordedAct, 'given'> & { given: unknown[] })
  | RecordedPerson
  | RecordedCall
  | RecordedMeta;

function written(entry: Entry): Recording['entries'][number] {
  if (entry.kind !== 'act') return entry;
  return { ...entry, given: withoutEnd(entry.given).map((part) => asJson(part, entry.does)) };
}

/** Without what was given as undefined at the end, which JSON does not know. */
function withoutEnd(given: unknown[]): unknown[] {
  return given.slice(0, given.findLastIndex((part) => part !== undefined) + 1);
}

/** Bytes become `{ "base64": … }`. */
function asJson(given: unknown, act: string): Json {
  if (given === null) return null;
  if (given instanceof Uint8Array) return { base64: Buffer.from(given).toString('base64') };
  if (Array.isArray(given)) return given.map((part) => asJson(part, act));
  if (typeof given === 'object') {
    const parts = Object.entries(given).filter(([, part]) => part !== undefined);
    return Object.fromEntries(parts.map(([name, part]) => [name, asJson(part, act)]));
  }
  if (typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean') return given;
  throw new TypeError(
    `${act}() was given a ${typeof given}, which no recording can hold; give it a text for a run that is to be recorded.`,
  );
}

/** The way back. */
export function fromJson(given: Json): unknown {
  if (Array.isArray(given)) return given.map(fromJson);
  if (!isJsonObject(given)) return given;
  if (isBytes(given)) return Buffer.from(given.base64, 'base64');
  return Object.fromEntries(Object.entries(given).map(([name, part]) => [name, fromJson(part)]));
}

function isBytes(given: JsonObject): given is { base64: string } {
  return Object.keys(given).length === 1 && typeof given.base64 === 'string';
}

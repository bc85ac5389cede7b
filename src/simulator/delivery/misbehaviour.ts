import type { SeededRandom } from '../seeded-random.ts';

/** What can go wrong with a webhook on its way (meta-facts §2.3: duplicates and disorder are Meta's own word). */
type DeliveryFault =
  /** Handed over twice. */
  | 'duplicate'
  /** Overtaken by the next webhook; after five seconds of simulated time it goes alone. */
  | 'reorder'
  /** Never handed over. */
  | 'drop'
  /** Handed over later, by simulated time. */
  | 'delay'
  /** Signed with another secret; when it is refused, the next try is signed rightly. */
  | 'wrong-signature';

/** What can go wrong with an answer of the Graph API. */
type AnswerFault =
  /** The statuses of a send are told before its answer leaves. */
  | 'status-before-answer'
  /** The call is done, but the connection breaks instead of an answer. */
  | 'lost-answer'
  /** The call is refused with #131000 and HTTP 500, and not done. */
  | 'server-error';

/** Each fault, for checks and lists. */
export const deliveryFaults = ['duplicate', 'reorder', 'drop', 'delay', 'wrong-signature'] as const;
export const answerFaults = ['status-before-answer', 'lost-answer', 'server-error'] as const;

/** A misbehaviour that is ordered. */
export type Misbehaviour = {
  fault: DeliveryFault | AnswerFault;
  /** How many of the next webhooks or sends it befalls; 1 when left out. */
  times?: number;
  /** Only webhooks about this: `message`, or the name of a status. Not for answers. */
  about?: string;
  /** For `delay`: how long, in milliseconds of simulated time; a minute when left out. */
  by?: number;
};

/** From 0, never, to 1, always. */
export type MisbehaviourChances = Partial<Record<DeliveryFault | AnswerFault, number>>;

/** Decides what goes wrong. */
export type Misbehaving = {
  /** Adds to what is ordered already. Throws a RangeError for a count or time that is no number above 0. */
  order(misbehaviour: Misbehaviour): void;
  /** Each webhook and each send takes its chance. Replaces earlier chances. Throws a RangeError outside of 0 to 1. */
  byChance(chances: MisbehaviourChances): void;
  /** Nothing goes wrong any more, but for what has begun. */
  behave(): void;
  /** What befalls this webhook. */
  ofWebhook(about: string): { fault: DeliveryFault; by: number } | null;
  /** Whether this fault befalls this call. */
  ofCall(fault: AnswerFault): boolean;
};

/** How long a delay is when nobody says, in milliseconds. */
const DELAY = 60_000;

const RESOLUTION = 1_000_000;

/** Behaves well until it is told otherwise; chance follows the seed. */
export function createMisbehaving(random: SeededRandom): Misbehaving {
  let ordered: (Misbehaviour & { times: number; by: number })[] = [];
  let chances: MisbehaviourChances = {};

  function takeOrdered(matches: (fault: string, about: string | undefined) => boolean) {
    const found = ordered.find((one) => matches(one.fault, one.about));
    if (found === undefined) return null;
    found.times -= 1;
    ordered = ordered.filter((one) => one.times > 0);
    return found;
  }

  /** Draws only where there is a chance, so that one that never comes changes nothing else of a run. */
  function falls(fault: DeliveryFault | AnswerFault): boolean {
    const chance = chances[fault] ?? 0;
    return chance > 0 && random.integer(RESOLUTION) < chance * RESOLUTION;
  }

  return {
    order({ fault, times = 1, by = DELAY, about }) {
      if (!(Number.isInteger(times) && times > 0)) {
        throw new RangeError(`\`times\` is a whole number from 1; found ${times}.`);
      }
      if (!(Number.isFinite(by) && by > 0))
        throw new RangeError(`\`by\` is in milliseconds above 0; found ${by}.`);
      ordered.push({ fault, times, by, ...(about !== undefined && { about }) });
    },
    byChance(next) {
      for (const [fault, chance] of Object.entries(next)) {
        if (!(chance >= 0 && chance <= 1)) {
          throw new RangeError(`The chance of ${fault} is a number from 0 to 1; found ${chance}.`);
        }
      }
      chances = { ...next };
    },
    behave() {
      ordered = [];
      chances = {};
    },
    ofWebhook(about) {
      const found = takeOrdered(
        (fault, only) => isDeliveryFault(fault) && (only === undefined || only === about),
      );
      if (found !== null && isDeliveryFault(found.fault)) return { fault: found.fault, by: found.by };
      const fallen = deliveryFaults.find(falls);
      return fallen === undefined ? null : { fault: fallen, by: DELAY };
    },
    ofCall: (fault) => takeOrdered((one) => one === fault) !== null || falls(fault),
  };
}

function isDeliveryFault(fault: string): fault is DeliveryFault {
  return deliveryFaults.some((known) => known === fault);
}

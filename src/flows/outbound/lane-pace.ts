import { businessPhoneOf, type Lane } from '../../domain/lane.ts';
import type { AttemptOutcome } from '../../domain/notification.ts';
import {
  type Circuit,
  type CircuitFailure,
  circuitAfterFailure,
  circuitAfterProbe,
  circuitToProbe,
  opensCircuit,
} from '../../domain/pacing/circuit.ts';
import {
  freshPair,
  isForgettable,
  PAIR_HEEDED_FROM,
  PAIR_MEMORY,
  type PairPace,
  pairAfterAcceptance,
  pairAfterRefusal,
  pairAfterSend,
  pairFreeAt,
} from '../../domain/pacing/pair.ts';
import {
  type Allowance,
  allowance,
  freshPhone,
  type PhonePace,
  phoneAfterMessages,
  phoneAfterSpamRefusal,
  phoneAfterThroughputRefusal,
  phoneWithThroughput,
} from '../../domain/pacing/phone-pace.ts';
import { pauseAfterRefusal, type ScopePause } from '../../domain/pacing/scope-pause.ts';
import { fingerprintSecret } from '../../whatsapp/signature.ts';
import type { Fence } from '../lane-state.ts';
import type { Sender } from './send-due.ts';

/** What left a lane lately. */
export type SendHistory = {
  /** How many messages left, or may have left, since a moment. */
  recent: number;
  /** Those who got several, with the times in milliseconds, the oldest first. */
  pairs: { party: string; sentAt: number[] }[];
};

/** What pacing asks of the store. */
export type PaceStore = {
  /**
   * What left a lane, for a new owner.
   *
   * @param question `recentSince`: from when `recent` counts; `pairsSince`, `pairsFrom`: from when messages to a
   *   person count, and how many somebody must have got to be listed
   */
  readSendHistory(
    lane: Lane,
    question: { recentSince: number; pairsSince: number; pairsFrom: number },
  ): Promise<SendHistory>;
};

/** Why nothing may leave at present. */
type Held = 'circuit' | 'scope' | 'phone';

/** What may leave a lane now. */
type LaneAllowance = Allowance & {
  /** What holds the messages back; null when some may leave. */
  held: Held | null;
};

/** The pace of one lane, as its owner keeps it. */
export type LanePace = {
  allowance(): LaneAllowance;
  /** When a person may be written to: now, or later. */
  freeAt(party: string): number;
  /** Messages are about to leave, each to a party. */
  launched(parties: readonly string[]): void;
  /** Meta answered, or nobody did. */
  answered(party: string, result: AttemptOutcome): void;
  /** People wrote so many messages: Meta counts them too. */
  received(messages: number): void;
};

/** The paces of all lanes that this process owns. */
export type LanePaces = {
  /** The pace of a lane in these hands; a new owner first reads what left it lately. */
  of(fence: Fence): Promise<LanePace>;
  /** People wrote; nothing is remembered of a lane that nobody sends from. */
  received(lane: Lane, messages: number): void;
};

/** How many people are remembered before those are forgotten of whom nothing is to be remembered. */
const SWEEP_FROM = 10_000;

const SECOND = 1_000;

/** Makes the paces. */
export function createLanePaces(options: {
  store: PaceStore;
  clock: { now(): number };
  throughputs: {
    /** Messages a second that a business phone may carry, as far as is known. */
    of(lane: Lane): number;
    /** The throughput is used up: it is worth asking how much it is. */
    usedUp(lane: Lane): void;
  };
  /** With another token than before, the next message may go ahead at once. */
  senderOf(lane: Lane): Sender;
  /** Meta's id of the WhatsApp account of a lane; null when it is not known. */
  accountOf(lane: Lane): string | null;
  /** The failure for which an alarm about a business phone was open when this process began. */
  openFailure(businessPhoneId: string): CircuitFailure | null;
}): LanePaces {
  const { store, clock, throughputs } = options;
  const paces = new Map<Lane, { fence: number; pace: LanePace }>();
  /** Waits of apps (`app`) and of accounts. All business phones here belong to one app. */
  const scopes = new Map<string, ScopePause>();

  const accountScope = (lane: Lane) => `account ${options.accountOf(lane) ?? lane}`;

  /** By what two access tokens can be told apart. */
  function fingerprintOf(lane: Lane): string | null {
    const sender = options.senderOf(lane);
    return sender.ready ? fingerprintSecret(sender.accessToken) : null;
  }

  function paceOf(lane: Lane, history: SendHistory): LanePace {
    const began = clock.now();
    let phone: PhonePace = freshPhone(throughputs.of(lane), began, history.recent);
    const pairs = new Map<string, PairPace>(
      history.pairs.map(({ party, sentAt }) => [party, pairAt(sentAt)]),
    );
    const failure = options.openFailure(businessPhoneOf(lane) ?? lane);
    // A process that has just begun may have been given the cure: it asks with one message.
    let circuit: Circuit | null = failure === null ? null : { failure, probes: 0, probeAt: began };
    /** What the circuit was opened with. */
    let refusedFingerprint = fingerprintOf(lane);
    let sweepAt = SWEEP_FROM;

    function pairOf(party: string, now: number): PairPace {
      return pairs.get(party) ?? freshPair(now);
    }

    function keepPair(party: string, pair: PairPace, now: number): void {
      pairs.set(party, pair);
      if (pairs.size < sweepAt) return;
      for (const [key, kept] of pairs) if (isForgettable(kept, now)) pairs.delete(key);
      sweepAt = Math.max(SWEEP_FROM, 2 * pairs.size);
    }

    function scopePause(now: number): number {
      const untils = ['app', accountScope(lane)].map((scope) => scopes.get(scope)?.until ?? 0);
      return Math.max(now, ...untils);
    }

    function refused(party: string, result: AttemptOutcome & { outcome: 'refused' }, now: number): void {
      const { code, metaCode } = result.failure;
      if (opensCircuit(code)) {
        if (circuit === null) refusedFingerprint = fingerprintOf(lane);
        circuit = circuitAfterFailure(circuit, code, now);
        return;
      }
      // Whatever else Meta says: it listens to this business phone again.
      circuit = null;
      if (code === 'throughput-exceeded') phone = phoneAfterThroughputRefusal(phone, now);
      else if (code === 'spam-limited') phone = phoneAfterSpamRefusal(phone, now);
      else if (code === 'pair-rate-exceeded') keepPair(party, pairAfterRefusal(pairOf(party, now), now), now);
      else if (code === 'call-rate-exceeded') {
        const scope = metaCode === APP_LIMIT ? 'app' : accountScope(lane);
        scopes.set(scope, pauseAfterRefusal(scopes.get(scope) ?? null, now));
      }
    }

    return {
      allowance() {
        const now = clock.now();
        phone = phoneWithThroughput(phone, throughputs.of(lane), now);
        if (circuit !== null && fingerprintOf(lane) !== refusedFingerprint) {
          refusedFingerprint = fingerprintOf(lane);
          circuit = circuitToProbe(circuit, now);
        }
        const allowed = allowance(phone, now);
        if (circuit !== null && circuit.probeAt > now) {
          return { count: 0, bulk: allowed.bulk, until: circuit.probeAt, held: 'circuit' };
        }
        const pausedUntil = scopePause(now);
        if (pausedUntil > now) return { count: 0, bulk: allowed.bulk, until: pausedUntil, held: 'scope' };
        if (allowed.count === 0) throughputs.usedUp(lane);
        const count = circuit === null ? allowed.count : Math.min(1, allowed.count);
        return { ...allowed, count, held: count === 0 ? 'phone' : null };
      },
      freeAt(party) {
        const now = clock.now();
        return pairFreeAt(pairOf(party, now), now);
      },
      launched(parties) {
        const now = clock.now();
        if (circuit !== null && parties.length > 0) circuit = circuitAfterProbe(circuit, now);
        phone = phoneAfterMessages(phone, now, parties.length);
        for (const party of parties) keepPair(party, pairAfterSend(pairOf(party, now), now), now);
      },
      answered(party, result) {
        const now = clock.now();
        if (result.outcome === 'refused') refused(party, result, now);
        if (result.outcome !== 'accepted') return;
        circuit = null;
        const pair = pairs.get(party);
        if (pair !== undefined) pairs.set(party, pairAfterAcceptance(pair));
        for (const scope of ['app', accountScope(lane)]) {
          // An answer to what left before the refusal says nothing.
          if ((scopes.get(scope)?.until ?? 0) <= now) scopes.delete(scope);
        }
      },
      received(messages) {
        phone = phoneAfterMessages(phone, clock.now(), messages);
      },
    };
  }

  return {
    async of({ lane, number }) {
      const known = paces.get(lane);
      if (known?.fence === number) return known.pace;
      const now = clock.now();
      const history = await store.readSendHistory(lane, {
        recentSince: now - SECOND,
        pairsSince: now - PAIR_MEMORY,
        pairsFrom: PAIR_HEEDED_FROM,
      });
      const pace = paceOf(lane, history);
      paces.set(lane, { fence: number, pace });
      return pace;
    },
    received: (lane, messages) => paces.get(lane)?.pace.received(messages),
  };
}

/** Meta's code for too many calls of an app; the other one counts those of an account (meta-facts §5). */
const APP_LIMIT = 4;

/** What a person who got messages at these times may still get, read as if each had been sent here. */
function pairAt(sentAt: readonly number[]): PairPace {
  return sentAt.reduce<PairPace>((pair, at) => pairAfterSend(pair, at), freshPair(sentAt[0] ?? 0));
}

import { businessPhoneOf, type Lane } from '../../domain/lane.ts';
import { type ThroughputFacts, throughputOf } from '../../domain/pacing/throughput.ts';
import type { GraphReads } from '../setup/graph-reads.ts';
import type { Sender } from './send-due.ts';

/** How fast each business phone may go, as far as is known. */
export type Throughputs = {
  /** Messages a second, in and out together. */
  of(lane: Lane): number;
  /** A phone has used up what is known: Meta is asked, once in an hour. */
  usedUp(lane: Lane): void;
  /** Resolves once nobody is being asked. */
  idle(): Promise<void>;
};

/** Meta raises a throughput by itself (meta-facts §6); asking costs one of the account's calls, 200 an hour at the least. */
const ASK_AGAIN_AFTER = 60 * 60_000;

const nothingKnown: ThroughputFacts = { level: null, onBusinessApp: null };

/** Learns the throughput of business phones from Meta's books: only of those that need to know. */
export function createThroughputs(options: {
  readPhone: GraphReads['readPhone'];
  senderOf(lane: Lane): Sender;
  /** What the operator has decided; null to learn it. */
  decided(): number | null;
  clock: { now(): number };
}): Throughputs {
  const { clock } = options;
  const known = new Map<Lane, { facts: ThroughputFacts; askedAt: number }>();
  const asking = new Set<Promise<void>>();

  async function ask(lane: Lane, sender: Sender & { ready: true }): Promise<void> {
    const { phoneNumberId, accessToken } = sender;
    const reading = await options.readPhone({ phoneNumberId, accessToken });
    // A token may lack the permission to look: then it goes on with what is known.
    if (reading.got !== 'value') return;
    const { throughput, onBusinessApp } = reading.value;
    known.set(lane, { facts: { level: throughput, onBusinessApp }, askedAt: clock.now() });
  }

  return {
    of: (lane) => options.decided() ?? throughputOf(known.get(lane)?.facts ?? nothingKnown),
    usedUp(lane) {
      if (options.decided() !== null || businessPhoneOf(lane) === null) return;
      const now = clock.now();
      const before = known.get(lane);
      if (before !== undefined && now - before.askedAt < ASK_AGAIN_AFTER) return;
      const sender = options.senderOf(lane);
      if (!sender.ready) return;
      known.set(lane, { facts: before?.facts ?? nothingKnown, askedAt: now });
      const asked = ask(lane, sender).finally(() => asking.delete(asked));
      asking.add(asked);
    },
    async idle() {
      while (asking.size > 0) await Promise.allSettled(asking);
    },
  };
}

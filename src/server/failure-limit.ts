import { normalizeIP } from '@fastify/rate-limit';

/** Keeps an address that presents many wrong keys from presenting more. */
export type FailureLimit = {
  /**
   * Seconds until this address may try a key again; null when it may now. A key that this address has
   * presented rightly before is never held up: else one guesser behind a shared proxy would lock out everybody.
   */
  secondsToWait(address: string, digest: Uint8Array): number | null;
  failed(address: string): void;
  succeeded(address: string, digest: Uint8Array): void;
};

/** The period over which failures are counted, in milliseconds. */
const PERIOD = 60_000;

/** Addresses, and rightly presented keys, that are remembered. */
const MOST_REMEMBERED = 5_000;

/**
 * Counts wrong keys per address (of IPv6 per /64 network, which one machine has to itself).
 *
 * @param most wrong keys within a minute
 * @param elapsed milliseconds that only grow; the process's own when left out
 */
export function createFailureLimit(
  most: number,
  elapsed: () => number = () => performance.now(),
): FailureLimit {
  const failures = new Map<string, { count: number; until: number }>();
  const presentedRightly = new Map<string, true>();

  return {
    secondsToWait(address, digest) {
      const network = normalizeIP(address);
      const found = failures.get(network);
      if (found === undefined || found.count < most) return null;
      const left = found.until - elapsed();
      if (left <= 0 || presentedRightly.has(pairOf(network, digest))) return null;
      return Math.ceil(left / 1000);
    },
    failed(address) {
      const network = normalizeIP(address);
      const found = failures.get(network);
      const now = elapsed();
      if (found !== undefined && now < found.until) found.count += 1;
      else put(failures, network, { count: 1, until: now + PERIOD });
    },
    succeeded(address, digest) {
      put(presentedRightly, pairOf(normalizeIP(address), digest), true);
    },
  };
}

function pairOf(network: string, digest: Uint8Array): string {
  return `${network} ${Buffer.from(digest).toString('base64')}`;
}

/** Adds at the end; what was not added for longest goes when it is too many. */
function put<Value>(map: Map<string, Value>, name: string, value: Value): void {
  map.delete(name);
  map.set(name, value);
  if (map.size <= MOST_REMEMBERED) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}

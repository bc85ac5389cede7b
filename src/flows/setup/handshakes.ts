import type { RefusedHandshake } from './doctor-ports.ts';

/** What is remembered of handshakes at the webhook door. */
export type Handshakes = {
  answered(): void;
  refused(sentence: string): void;
  /** The last one, when it was refused. */
  lastRefused(): RefusedHandshake | null;
  /** Whether doctor shakes hands itself at this moment: nobody is to be told of that. */
  quiet(): boolean;
  quietly<Result>(work: () => Promise<Result>): Promise<Result>;
};

/** Remembers the last handshake of this process, of Meta's or a stranger's; those of doctor do not count. */
export function createHandshakes(clock: { now(): number }): Handshakes {
  let last: RefusedHandshake | null = null;
  let own = 0;
  return {
    answered() {
      if (own === 0) last = null;
    },
    refused(sentence) {
      if (own === 0) last = { at: clock.now(), sentence };
    },
    lastRefused: () => last,
    quiet: () => own > 0,
    async quietly(work) {
      own += 1;
      try {
        return await work();
      } finally {
        own -= 1;
      }
    },
  };
}

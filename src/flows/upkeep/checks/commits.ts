import { NOT_COMMITTED_PATIENCE } from '../../../domain/alarm.ts';
import { durationInWords } from '../../../domain/duration.ts';
import type { AlarmCheck } from '../alarms.ts';

/** Watches whether webhooks are turned away because nothing can be committed. */
export type CommitWatch = {
  /** A webhook was turned away, because it could not be committed or too much waits for that. */
  refused(): void;
  committed(): void;
  /** Whether the last webhook was turned away, and nothing could be committed since. */
  areRefused(): Promise<boolean>;
  check: AlarmCheck;
};

/** How long a refusal speaks for the present, in milliseconds. */
const RECENT = 60_000;

/** How long the store may take to prove that it commits, in milliseconds. */
const PROOF_PATIENCE = 10_000;

/**
 * Makes the watch. After a refusal the next commit proves that all is well. Where no webhook comes to bring one,
 * the check asks the store for a commit of its own: Meta may wait for hours before it comes again.
 *
 * @param options.proveCommit makes a commit that changes nothing; rejects when that cannot be done
 */
export function createCommitWatch(options: {
  clock: { now(): number };
  proveCommit(): Promise<void>;
  /** What the alarm is about: this process, where there are others; else the installation. */
  subject: string;
}): CommitWatch {
  const { clock } = options;
  let refusedSince: number | null = null;
  let lastRefusedAt = 0;
  let refusals = 0;
  let proving: Promise<boolean> | null = null;

  /** One proof at a time: a store that hangs is not asked again. */
  function prove(): Promise<boolean> {
    proving ??= options
      .proveCommit()
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        proving = null;
      });
    return proving;
  }

  function committed(): void {
    refusedSince = null;
    refusals = 0;
  }

  /** Whether a commit proves that all is well again. A refusal of just now is not asked about. */
  async function isOver(): Promise<boolean> {
    return clock.now() - lastRefusedAt > RECENT && (await within(PROOF_PATIENCE, prove()));
  }

  return {
    refused() {
      lastRefusedAt = clock.now();
      refusedSince ??= lastRefusedAt;
      refusals += 1;
    },
    committed,
    async areRefused() {
      if (refusedSince === null) return false;
      if (await isOver()) committed();
      return refusedSince !== null;
    },
    check: {
      code: 'webhooks-not-committed',
      own: options.subject,
      async look() {
        const since = refusedSince;
        if (since === null) return [];
        const now = clock.now();
        const waited = now - since;
        if (waited < NOT_COMMITTED_PATIENCE) return [];
        if (await isOver()) committed();
        if (refusedSince === null) return [];
        const facts = `${refusals} were turned away in ${durationInWords(waited)}.`;
        return [{ subject: options.subject, facts }];
      },
    },
  };
}

/** The proof, or false when it takes too long. */
async function within(time: number, proof: Promise<boolean>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), time);
  });
  try {
    return await Promise.race([proof, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** When an API key was used, in milliseconds. */
export type KeyUse = { id: string; at: number };

/** Notes which API keys are used, without costing a write for each request. */
export type KeyUses = {
  /** Never throws and never waits. */
  note(id: string, at: number): void;
  /** Resolves when everything that was noted is written, or could not be. */
  idle(): Promise<void>;
};

/** How often the last use of one key is written, in milliseconds. */
const PERIOD = 60_000;

/**
 * Writes when each key was last used, at most once a minute per key. What comes while a write runs goes into
 * the next one.
 *
 * @param ports.failed told of a write that failed; the next use is written again
 */
export function createKeyUses(ports: {
  touchApiKeys(uses: KeyUse[]): Promise<unknown>;
  failed(failure: unknown): void;
}): KeyUses {
  const latest = new Map<string, number>();
  let waiting: KeyUse[] = [];
  let writing: Promise<void> | null = null;

  async function write(): Promise<void> {
    // Others that are used in the same moment go along.
    await Promise.resolve();
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await ports.touchApiKeys(batch);
      } catch (failure) {
        for (const { id } of batch) latest.delete(id);
        ports.failed(failure);
      }
    }
    writing = null;
  }

  return {
    note(id, at) {
      const before = latest.get(id);
      if (before !== undefined && at - before < PERIOD) return;
      latest.set(id, at);
      waiting.push({ id, at });
      writing ??= write();
    },
    idle: () => writing ?? Promise.resolve(),
  };
}

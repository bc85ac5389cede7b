/** Further refusals of a kind: how many, and when, such as `the last minute`. */
type Further = { more: number; period: string };

/** Says something about refusals of one kind: about the first of them (null), or about further ones. */
type Announce = (further: Further | null) => void;

/** Keeps a flood of refusals from becoming a flood of lines. */
export type RefusalTally = {
  /** Counts a refusal: the first of its kind is announced at once, further ones once a minute with their number. */
  count(kind: string, announce: Announce): void;
  /** Announces what is due. Called at every event, so that no timer is needed. */
  sweep(): void;
  /** Announces everything that was counted and not yet said. */
  flush(): void;
};

/** How long refusals of one kind are gathered, in milliseconds. */
const GATHERING_TIME = 60_000;

/** An empty tally. @param clock gives milliseconds */
export function createRefusalTally(clock: { now(): number }): RefusalTally {
  const gathering = new Map<string, { since: number; more: number; announce: Announce }>();

  function sweep(): void {
    const now = clock.now();
    for (const [kind, entry] of gathering) {
      if (now - entry.since < GATHERING_TIME) continue;
      if (entry.more === 0) {
        gathering.delete(kind);
        continue;
      }
      entry.announce(furtherOf(entry, now));
      gathering.set(kind, { ...entry, since: now, more: 0 });
    }
  }

  return {
    count(kind, announce) {
      sweep();
      const entry = gathering.get(kind);
      if (entry === undefined) {
        announce(null);
        gathering.set(kind, { since: clock.now(), more: 0, announce });
      } else {
        gathering.set(kind, { ...entry, more: entry.more + 1, announce });
      }
    },
    sweep,
    flush() {
      const now = clock.now();
      for (const entry of gathering.values()) if (entry.more > 0) entry.announce(furtherOf(entry, now));
      gathering.clear();
    },
  };
}

/** What was gathered in a minute is told at the next event, which may come much later. */
function furtherOf(entry: { since: number; more: number }, now: number): Further {
  const late = now - entry.since >= 2 * GATHERING_TIME;
  const period = late ? `the minute after ${new Date(entry.since).toISOString()}` : 'the last minute';
  return { more: entry.more, period };
}

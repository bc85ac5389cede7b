/** A wait that everybody in a scope of Meta's shares: an app (#4), or a WhatsApp account (#80007). */
export type ScopePause = {
  until: number;
  /** Refusals one after another, without an acceptance between them. */
  times: number;
};

/** How long the first wait is, and the longest, in milliseconds: both limits are counted by the hour (meta-facts §6). */
const FIRST = 60_000;
const LONGEST = 15 * 60_000;

/** The scope after Meta refused for too many calls; those who were on their way together are one refusal. */
export function pauseAfterRefusal(pause: ScopePause | null, now: number): ScopePause {
  if (pause !== null && pause.until > now) return pause;
  const times = pause?.times ?? 0;
  return { until: now + Math.min(FIRST * 2 ** times, LONGEST), times: times + 1 };
}

import type { ShownEvent } from './describe-event.ts';

/** What is not forwarded, and how much of it there was. */
export type HiddenEvents = {
  /** Why an event is not forwarded; null when it is. Each hidden one is counted. */
  hides(event: Pick<ShownEvent, 'kind' | 'foreign'>): string | null;
  /** The counts in a sentence, such as `Hidden: 3 of kind status (--kind message).`; null when nothing was hidden. */
  counted(): string | null;
};

/**
 * Hides events of other kinds than those asked for, and of business phones that are not ours.
 *
 * @param kinds empty for all
 */
export function hideEvents(kinds: readonly string[], foreign: boolean): HiddenEvents {
  const counts = new Map<string, number>();
  const reasonFor = (event: Pick<ShownEvent, 'kind' | 'foreign'>): string | null => {
    if (kinds.length > 0 && !kinds.includes(event.kind))
      return `of kind ${event.kind} (--kind ${kinds.join(',')})`;
    return event.foreign && !foreign
      ? 'of a business phone that is not yours (--foreign forwards them)'
      : null;
  };
  return {
    hides(event) {
      const reason = reasonFor(event);
      if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1);
      return reason;
    },
    counted: () =>
      counts.size === 0
        ? null
        : `Hidden: ${[...counts].map(([reason, count]) => `${count} ${reason}`).join('; ')}.`,
  };
}

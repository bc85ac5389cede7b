import type { EventKind } from '../../domain/event.ts';
import type { ReadAgain } from '../../flows/inbound/reread.ts';

/** An event as far as it matters whether its element says more today. */
export type StoredReading = {
  kind: EventKind;
  position: number;
  /** The cursor of its lane. */
  folded: number;
  foreign: number;
  /** The number of the contact it is about, once folded; null when nobody could be read out of it. */
  contact: number | null;
  /** The revision that is not in the state yet. */
  waiting: number | null;
};

/**
 * Whether an element says more today. What it says is not stored but read from its body each time, so there are
 * two cases only: it has another kind, or it is a message whose writer could not be read when it was folded.
 * Of other content under the same key the first one that was understood stands.
 */
export function isBetterRead(stored: StoredReading, event: ReadAgain, sameContent: boolean): boolean {
  if (event.kind === 'unrecognised') return false;
  if (stored.kind === 'unrecognised') return true;
  if (!sameContent) return false;
  if (stored.kind !== event.kind) return true;
  const isFolded = stored.position <= stored.folded && stored.waiting === null;
  return event.namesSender && stored.foreign === 0 && isFolded && stored.contact === null;
}

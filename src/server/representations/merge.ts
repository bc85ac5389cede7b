import { eventId } from '../../domain/event.ts';
import type { Evidence, Merge } from '../../domain/merge.ts';
import type { MergeBody } from '../contract/merge.ts';
import { isoTime, isoTimeOrNull } from './time.ts';

const sentences: Readonly<Record<Evidence['kind'], string>> = {
  pair: 'Meta named both in one element of a webhook as one person.',
  answer: 'Meta’s answer to a send call named both as its one recipient.',
  'number-change': 'WhatsApp told that this person changed their number from the one to the other.',
  'user-id-change': 'WhatsApp told that this person’s user id changed from the one to the other.',
  spelling: 'Both bear one phone number in its two spellings.',
};

/** A merge as the API shows it. */
export function mergeBody(merge: Merge): MergeBody {
  const { evidence } = merge;
  return {
    id: merge.id,
    survivorId: merge.survivor,
    mergedId: merge.merged,
    evidence: {
      kind: evidence.kind,
      sentence: sentences[evidence.kind],
      eventId: 'position' in evidence ? eventId(evidence.position) : null,
      notificationId: 'attemptId' in evidence ? (evidence.attemptId.split('.')[0] ?? null) : null,
    },
    at: isoTime(merge.at),
    undoneAt: isoTimeOrNull(merge.undoneAt),
    undoneBy: merge.undoneBy,
  };
}

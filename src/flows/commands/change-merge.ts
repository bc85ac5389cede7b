import type { Merge } from '../../domain/merge.ts';
import type { LaneDraft } from '../lane-draft.ts';
import type { Obeyed } from './obey.ts';

/**
 * Undoes a merge, or does it again. Nothing of the two contacts was rewritten, so each has again what is its own.
 * What a person undid, the same evidence does not do again: `lane-people.ts` asks.
 */
export function changeMerge(
  mergeId: string,
  change: Pick<Merge, 'undoneAt' | 'undoneBy'>,
  draft: LaneDraft,
): Obeyed {
  const merge = draft.merge(mergeId);
  const isUndone = merge?.undoneAt != null;
  const undoes = change.undoneAt !== null;
  if (merge === null || isUndone === undoes) return { result: { outcome: 'unchanged' }, audit: null };
  draft.putMerge({ ...merge, ...change });
  return {
    result: { outcome: 'done' },
    audit: {
      action: undoes ? 'contact.merge-undone' : 'contact.merge-redone',
      subject: merge.id,
      detail: { survivor: merge.survivor, merged: merge.merged },
    },
  };
}

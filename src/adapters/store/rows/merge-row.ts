import type { Lane } from '../../../domain/lane.ts';
import type { Evidence, Merge } from '../../../domain/merge.ts';

/** A row of `merges`. */
export type MergeRow = {
  id: string;
  lane: number;
  survivor: string;
  merged: string;
  evidence: Evidence['kind'];
  position: number | null;
  attempt: string | null;
  at: number;
  undone_at: number | null;
  undone_by: string | null;
};

/** A merge from its row. */
export function mergeOfRow(row: MergeRow, lane: Lane): Merge {
  const { id, survivor, merged, evidence: kind, position, attempt, at } = row;
  return {
    id,
    lane,
    survivor,
    merged,
    evidence: position === null ? { kind, attemptId: attempt ?? '' } : { kind, position },
    at,
    undoneAt: row.undone_at,
    undoneBy: row.undone_by,
  };
}

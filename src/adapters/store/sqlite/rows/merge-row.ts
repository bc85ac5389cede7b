import type { Lane } from '../../../../domain/lane.ts';
import type { Evidence, Merge } from '../../../../domain/merge.ts';
import type { StoreContext } from '../context.ts';
import { run } from '../statement.ts';

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

/** Writes a merge; of one that is there only whether it was undone. */
export function putMerge({ database }: StoreContext, laneId: number, merge: Merge): void {
  const { evidence } = merge;
  run(
    database,
    `insert into merges (id, lane, survivor, merged, evidence, position, attempt, at, undone_at, undone_by)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (id) do update set undone_at = excluded.undone_at, undone_by = excluded.undone_by`,
    merge.id,
    laneId,
    merge.survivor,
    merge.merged,
    evidence.kind,
    'position' in evidence ? evidence.position : null,
    'attemptId' in evidence ? evidence.attemptId : null,
    merge.at,
    merge.undoneAt,
    merge.undoneBy,
  );
}

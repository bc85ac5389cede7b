import type { Lane } from '../../../../domain/lane.ts';
import type { Merge } from '../../../../domain/merge.ts';
import { type MergeRow, mergeOfRow } from '../../rows/merge-row.ts';
import type { StoreContext } from '../context.ts';
import { all, get, run } from '../statement.ts';

/** One merge, or null. */
export function findMerge(context: StoreContext, id: string): Merge | null {
  const row = get<MergeRow>(context.database, 'select * from merges where id = ?', id);
  return row === undefined ? null : mergeOfRow(row, context.laneName(row.lane));
}

/** A page of the merges in which a person's contacts have part, undone ones too, in the order in which they were made. */
export function listMerges(
  context: StoreContext,
  query: { contactId: string; after: string | null; limit: number },
): Merge[] {
  return all<MergeRow>(
    context.database,
    `with person as (select coalesce(merged_into, id) as id from contacts where id = ?),
       members as (select id from contacts where id = (select id from person) or merged_into = (select id from person))
     select * from merges
     where (survivor in (select id from members) or merged in (select id from members))
       and number > coalesce((select number from merges where id = ?), 0)
     order by number limit ?`,
    query.contactId,
    query.after,
    query.limit,
  ).map((row) => mergeOfRow(row, context.laneName(row.lane)));
}

/** The merges of a lane that a person undid: few, because each was done by hand. */
export function readUndoneMerges(context: StoreContext, lane: Lane, laneId: number): Merge[] {
  return all<MergeRow>(
    context.database,
    'select * from merges where lane = ? and undone_at is not null',
    laneId,
  ).map((row) => mergeOfRow(row, lane));
}

/** Every merge in which one of these contacts has part. */
export function readMergesOf(context: StoreContext, lane: Lane, contactIds: readonly string[]): Merge[] {
  const ids = JSON.stringify(contactIds);
  return all<MergeRow>(
    context.database,
    `select * from merges where survivor in (select value from json_each(?))
     union select * from merges where merged in (select value from json_each(?))`,
    ids,
    ids,
  ).map((row) => mergeOfRow(row, lane));
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

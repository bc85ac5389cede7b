import type { Merge } from '../../../../domain/merge.ts';
import { type MergeRow, mergeOfRow } from '../../rows/merge-row.ts';
import type { PostgresContext } from '../context.ts';

/** One merge, or null. */
export async function findMerge(context: PostgresContext, id: string): Promise<Merge | null> {
  const rows = await context.database.all<MergeRow>('select * from merges where id = $1', id);
  return (await mergesOf(context, rows))[0] ?? null;
}

/** A page of the merges in which a person's contacts have part, undone ones too, in the order in which they were made. */
export async function listMerges(
  context: PostgresContext,
  query: { contactId: string; after: string | null; limit: number },
): Promise<Merge[]> {
  const rows = await context.database.all<MergeRow>(
    `with person as (select coalesce(merged_into, id) as id from contacts where id = $1),
       members as (select id from contacts where id = (select id from person) or merged_into = (select id from person))
     select * from merges
     where (survivor in (select id from members) or merged in (select id from members))
       and number > coalesce((select number from merges where id = $2), 0)
     order by number limit $3`,
    query.contactId,
    query.after,
    query.limit,
  );
  return mergesOf(context, rows);
}

async function mergesOf({ laneNames }: PostgresContext, rows: readonly MergeRow[]): Promise<Merge[]> {
  const laneName = await laneNames(rows);
  return rows.map((row) => mergeOfRow(row, laneName(row.lane)));
}

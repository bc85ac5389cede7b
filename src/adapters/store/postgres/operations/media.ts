import type { MediaFile, MediaState, NewMediaFile } from '../../../../domain/media-file.ts';
import type {
  ForgottenMedia,
  MediaBacklog,
  MediaPlace,
  SettledMedia,
} from '../../../../flows/media/media-store.ts';
import { type MediaRow, mediaOfRow } from '../../rows/media-row.ts';
import type { PostgresContext } from '../context.ts';
import { rowsParameter } from '../safe-text.ts';

/** How far the feed has been looked through for files; at first behind all that was received before a time. */
export async function mediaPlace({ database }: PostgresContext, receivedBefore: number): Promise<number> {
  const row = await database.get<{ position: number }>(
    `select coalesce(
       (select position from media_place),
       (select position from events where received_at < $1 order by position desc limit 1),
       0) as position`,
    receivedBefore,
  );
  return row?.position ?? 0;
}

/** Notes files that are to be fetched, each once, while their event is there, and how far the feed has been looked through. */
export async function noteMedia(
  { database, ensureLanes }: PostgresContext,
  { files, place }: { files: readonly NewMediaFile[]; place: number },
): Promise<void> {
  const lanes = await ensureLanes(files.map(({ lane }) => lane));
  const rows = files.map(({ id, lane, position, receivedAt, mimeType, filename }) => ({
    id,
    lane: lanes.get(lane) ?? null,
    position,
    received_at: receivedAt,
    mime_type: mimeType,
    filename,
  }));
  await database.commit([
    {
      sql: `insert into media (id, lane, position, received_at, mime_type, filename, state, tries, next_try_at)
        select id, given.lane, position, given.received_at, mime_type, filename, 'waiting', 0, given.received_at
        from json_to_recordset($1::json) as given
          (id text, lane integer, position bigint, received_at bigint, mime_type text, filename text)
        join events using (position)
        on conflict (id) do nothing`,
      values: [rowsParameter(rows)],
    },
    {
      sql: `insert into media_place (one, position) values (1, $1)
        on conflict (one) do update set position = greatest(media_place.position, excluded.position)`,
      values: [place],
    },
  ]);
}

/** The files that are due, those that have waited longest first, and those that are to be deleted. */
export async function readMediaWork(
  { database, laneNames }: PostgresContext,
  { now, limit }: { now: number; limit: number },
): Promise<{ due: MediaFile[]; forgotten: ForgottenMedia[] }> {
  const due = await database.all<MediaRow>(
    `select * from media where state = 'waiting' and next_try_at <= $1 order by next_try_at limit $2`,
    now,
    limit,
  );
  const forgotten = await database.all<ForgottenMedia>(
    `select id, case when exists (
         select from media as other where other.sha256 = media.sha256 and other.state <> 'forgotten')
       then null else sha256 end as sha256
     from media where state = 'forgotten' order by position limit $1`,
    limit,
  );
  const laneName = await laneNames(due);
  return { due: due.map((row) => mediaOfRow(row, laneName)), forgotten };
}

/** Keeps what became of a try; a file that was forgotten meanwhile stays so, and its bytes are known. */
export async function settleMedia({ database }: PostgresContext, settled: SettledMedia): Promise<void> {
  await database.run(
    `update media set state = case state when 'forgotten' then state else $1 end, mime_type = $2, sha256 = $3,
       size = $4, failure = $5, tries = $6, next_try_at = $7, ended_at = $8 where id = $9`,
    settled.state,
    settled.mimeType,
    settled.sha256,
    settled.size,
    settled.failure === null ? null : JSON.stringify(settled.failure),
    settled.tries,
    settled.nextTryAt,
    settled.endedAt,
    settled.id,
  );
}

/** Forgets the files that were received before a time. */
export async function forgetMedia({ database }: PostgresContext, receivedBefore: number): Promise<void> {
  await database.run(
    `update media set state = 'forgotten' where received_at < $1 and state <> 'forgotten'`,
    receivedBefore,
  );
}

/** Deletes the rows of forgotten files, and says how many there were. */
export async function deleteMedia({ database }: PostgresContext, ids: readonly string[]): Promise<number> {
  return database.run(`delete from media where state = 'forgotten' and id = any($1::text[])`, ids);
}

/** A file by Meta's id; null when none has it, or when it is forgotten. */
export async function findMedia(
  { database, laneNames }: PostgresContext,
  id: string,
): Promise<MediaFile | null> {
  const row = await database.get<MediaRow>(`select * from media where id = $1 and state <> 'forgotten'`, id);
  return row === undefined ? null : mediaOfRow(row, await laneNames([row]));
}

/** Files in the order in which messages told of them, behind a place; forgotten ones are left out. */
export async function listMedia(
  { database, laneNames }: PostgresContext,
  { after, state, limit }: { after: MediaPlace | null; state: MediaState | null; limit: number },
): Promise<MediaFile[]> {
  const rows = await database.all<MediaRow>(
    `select * from media where (position, id) > ($1::bigint, $2::text) and state <> 'forgotten'
       and ($3::text is null or state = $3)
     order by position, id limit $4`,
    after?.position ?? 0,
    after?.id ?? '',
    state,
    limit,
  );
  const laneName = await laneNames(rows);
  return rows.map((row) => mediaOfRow(row, laneName));
}
/** How many waiting files are counted at most. */
const COUNTED = 1_001;

/** Files that were received before a time and still wait; null when there are none, or when one received since is kept. */
export async function readMediaBacklog(
  { database }: PostgresContext,
  receivedBefore: number,
): Promise<MediaBacklog | null> {
  const oldest = await database.get<{ received_at: number; failure: string | null }>(
    `select received_at, failure from media where state = 'waiting' and received_at < $1
       and not exists (select from media where state = 'kept' and received_at >= $1)
     order by received_at limit 1`,
    receivedBefore,
  );
  if (oldest === undefined) return null;
  const counted = await database.get<{ count: number }>(
    `select count(*) as count
     from (select from media where state = 'waiting' and received_at < $1 limit ${COUNTED}) as waiting`,
    receivedBefore,
  );
  const { received_at: receivedAt, failure } = oldest;
  return {
    count: counted?.count ?? 0,
    oldest: { receivedAt, failure: failure === null ? null : JSON.parse(failure) },
  };
}

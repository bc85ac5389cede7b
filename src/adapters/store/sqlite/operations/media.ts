import type { MediaFile, MediaState, NewMediaFile } from '../../../../domain/media-file.ts';
import type {
  ForgottenMedia,
  MediaBacklog,
  MediaPlace,
  SettledMedia,
} from '../../../../flows/media/media-store.ts';
import { type MediaRow, mediaOfRow } from '../../rows/media-row.ts';
import { inTransaction, type StoreContext } from '../context.ts';
import { all, get, run } from '../statement.ts';

/** How far the feed has been looked through for files; at first behind all that was received before a time. */
export function mediaPlace({ database }: StoreContext, receivedBefore: number): number {
  const row =
    get<{ position: number }>(database, 'select position from media_place') ??
    get<{ position: number }>(
      database,
      'select position from events where received_at < ? order by position desc limit 1',
      receivedBefore,
    );
  return row?.position ?? 0;
}

/** Notes files that are to be fetched, each once, while their event is there, and how far the feed has been looked through. */
export function noteMedia(
  context: StoreContext,
  { files, place }: { files: readonly NewMediaFile[]; place: number },
): void {
  const { database } = context;
  inTransaction(context, () => {
    for (const { id, lane, position, receivedAt, mimeType, filename } of files) {
      run(
        database,
        `insert into media (id, lane, position, received_at, mime_type, filename, state, tries, next_try_at)
         select ?, ?, position, ?, ?, ?, 'waiting', 0, ? from events where position = ? on conflict (id) do nothing`,
        id,
        context.ensureLane(lane),
        receivedAt,
        mimeType,
        filename,
        receivedAt,
        position,
      );
    }
    run(
      database,
      `insert into media_place (one, position) values (1, ?)
       on conflict (one) do update set position = max(position, excluded.position)`,
      place,
    );
  });
}

/** The files that are due, those that have waited longest first, and those that are to be deleted. */
export function readMediaWork(
  context: StoreContext,
  { now, limit }: { now: number; limit: number },
): { due: MediaFile[]; forgotten: ForgottenMedia[] } {
  const due = all<MediaRow>(
    context.database,
    `select * from media where state = 'waiting' and next_try_at <= ? order by next_try_at limit ?`,
    now,
    limit,
  );
  const forgotten = all<ForgottenMedia>(
    context.database,
    `select id, case when exists (
         select 1 from media as other where other.sha256 = media.sha256 and other.state <> 'forgotten')
       then null else sha256 end as sha256
     from media where state = 'forgotten' order by position limit ?`,
    limit,
  );
  return { due: due.map((row) => mediaOfRow(row, context.laneName)), forgotten };
}

/** Keeps what became of a try; a file that was forgotten meanwhile stays so, and its bytes are known. */
export function settleMedia(context: StoreContext, settled: SettledMedia): void {
  run(
    context.database,
    `update media set state = case state when 'forgotten' then state else ? end, mime_type = ?, sha256 = ?,
       size = ?, failure = ?, tries = ?, next_try_at = ?, ended_at = ? where id = ?`,
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
export function forgetMedia({ database }: StoreContext, receivedBefore: number): void {
  run(
    database,
    `update media set state = 'forgotten' where received_at < ? and state <> 'forgotten'`,
    receivedBefore,
  );
}

/** Deletes the rows of forgotten files, and says how many there were. */
export function deleteMedia({ database }: StoreContext, ids: readonly string[]): number {
  return run(
    database,
    `delete from media where state = 'forgotten' and id in (select value from json_each(?))`,
    JSON.stringify(ids),
  ).changes;
}

/** A file by Meta's id; null when none has it, or when it is forgotten. */
export function findMedia(context: StoreContext, id: string): MediaFile | null {
  const row = get<MediaRow>(
    context.database,
    `select * from media where id = ? and state <> 'forgotten'`,
    id,
  );
  return row === undefined ? null : mediaOfRow(row, context.laneName);
}

/** Files in the order in which messages told of them, behind a place; forgotten ones are left out. */
export function listMedia(
  context: StoreContext,
  { after, state, limit }: { after: MediaPlace | null; state: MediaState | null; limit: number },
): MediaFile[] {
  return all<MediaRow>(
    context.database,
    `select * from media where (position, id) > (?, ?) and state <> 'forgotten' and (? is null or state = ?)
     order by position, id limit ?`,
    after?.position ?? 0,
    after?.id ?? '',
    state,
    state,
    limit,
  ).map((row) => mediaOfRow(row, context.laneName));
}
/** How many waiting files are counted at most. */
const COUNTED = 1_001;

/** Files that were received before a time and still wait; null when there are none, or when one received since is kept. */
export function readMediaBacklog({ database }: StoreContext, receivedBefore: number): MediaBacklog | null {
  const oldest = get<{ received_at: number; failure: string | null }>(
    database,
    `select received_at, failure from media where state = 'waiting' and received_at < ?
       and not exists (select 1 from media where state = 'kept' and received_at >= ?)
     order by received_at limit 1`,
    receivedBefore,
    receivedBefore,
  );
  if (oldest === undefined) return null;
  const counted = get<{ count: number }>(
    database,
    `select count(*) as count
     from (select 1 from media where state = 'waiting' and received_at < ? limit ${COUNTED})`,
    receivedBefore,
  );
  const { received_at: receivedAt, failure } = oldest;
  return {
    count: counted?.count ?? 0,
    oldest: { receivedAt, failure: failure === null ? null : JSON.parse(failure) },
  };
}

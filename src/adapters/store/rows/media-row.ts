import type { Lane } from '../../../domain/lane.ts';
import type { MediaFile, MediaState } from '../../../domain/media-file.ts';

/** A row of the table `media`. */
export type MediaRow = {
  id: string;
  lane: number;
  position: number;
  received_at: number;
  mime_type: string | null;
  filename: string | null;
  state: MediaState;
  sha256: string | null;
  size: number | null;
  failure: string | null;
  tries: number;
  next_try_at: number | null;
  ended_at: number | null;
};

/** The file that a row speaks of. */
export function mediaOfRow(row: MediaRow, laneName: (id: number) => Lane): MediaFile {
  return {
    id: row.id,
    lane: laneName(row.lane),
    position: row.position,
    receivedAt: row.received_at,
    mimeType: row.mime_type,
    filename: row.filename,
    state: row.state,
    sha256: row.sha256,
    size: row.size,
    failure: row.failure === null ? null : JSON.parse(row.failure),
    tries: row.tries,
    nextTryAt: row.next_try_at,
    endedAt: row.ended_at,
  };
}

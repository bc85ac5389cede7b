import type { Failure, FailureCode } from '../../domain/failure.ts';
import { type Lane, phoneLane } from '../../domain/lane.ts';
import {
  type FileKind,
  fileKind,
  KIND_BYTES,
  UPLOAD_KEPT_FOR,
  UPLOAD_MARGIN,
  type Upload,
  uploadLimits,
} from '../../domain/upload.ts';
import type { Sender } from '../outbound/send-due.ts';
import type { GraphMedia } from './graph-media.ts';
import { type MediaShelf, type ReceivedFile, ShelfFailure } from './media-shelf.ts';
import type { UploadStore } from './upload-store.ts';

/** A file to give to Meta. */
type UploadRequest = {
  bytes: AsyncIterable<Uint8Array>;
  /** Such as `image/jpeg`, with parameters if it has any. */
  mimeType: string;
  /** Null for one without a name. */
  filename: string | null;
  /** Null for the default one. */
  businessPhoneId: string | null;
  /** Upload it although Meta has the same file already. */
  again: boolean;
};

/** What came of it. */
export type UploadResult =
  | { outcome: 'uploaded' | 'known'; upload: Upload }
  /** Meta takes no such file. `size` is null when it was not counted to its end. */
  | { outcome: 'too-large'; kind: FileKind; most: number; size: number | null }
  | { outcome: 'empty' }
  /** The sender went away in the middle. */
  | { outcome: 'broken-off' }
  | { outcome: 'unknown-phone' }
  | { outcome: 'no-sender'; failure: FailureCode }
  | { outcome: 'refused'; failure: Failure }
  | { outcome: 'unanswered'; reason: string };

/** Gives a file to Meta. Rejects with ShelfFailure when it cannot be written here first. */
export type UploadFile = (request: UploadRequest) => Promise<UploadResult>;

/**
 * Makes the step that uploads a file: taken in whole, looked at with Meta's limits, and given to Meta unless Meta has
 * the same one already. It is not kept here.
 */
export function createUploadFile(options: {
  store: UploadStore;
  graph: Pick<GraphMedia, 'uploadFile'>;
  shelf: Pick<MediaShelf, 'receive'>;
  phones: { defaultId(): string | null; isOurs(id: string): boolean; senderOf(lane: Lane): Sender };
  clock: { now(): number };
}): UploadFile {
  const { store, phones, clock } = options;

  async function receive({ bytes, mimeType }: UploadRequest): Promise<ReceivedFile | UploadResult> {
    // Of a sticker only its bytes tell which limit counts.
    const widest = fileKind(mimeType, new Uint8Array());
    const most = uploadLimits[widest === 'static sticker' ? 'animated sticker' : widest];
    try {
      const file = await options.shelf.receive(bytes, most);
      return file ?? { outcome: 'too-large', kind: widest, most, size: null };
    } catch (failure) {
      if (failure instanceof ShelfFailure) throw failure;
      return { outcome: 'broken-off' };
    }
  }

  async function give(
    file: ReceivedFile,
    request: UploadRequest,
    sender: Extract<Sender, { ready: true }>,
  ): Promise<UploadResult> {
    const { mimeType, filename } = request;
    const { sha256, size } = file;
    if (size === 0) return { outcome: 'empty' };
    const kind = fileKind(mimeType, await beginningOf(file));
    const most = uploadLimits[kind];
    if (size > most) return { outcome: 'too-large', kind, most, size };
    const { phoneNumberId: businessPhoneId, accessToken } = sender;
    const uploadedAt = clock.now();
    const known = request.again
      ? null
      : await store.findUpload({ businessPhoneId, sha256, mimeType }, uploadedAt + UPLOAD_MARGIN);
    if (known !== null) return { outcome: 'known', upload: known };
    const given = await options.graph.uploadFile({
      phoneNumberId: businessPhoneId,
      accessToken,
      file: { bytes: () => file.bytes(), size, mimeType, filename },
    });
    if (given.outcome !== 'uploaded') return given;
    const { id } = given;
    const expiresAt = uploadedAt + UPLOAD_KEPT_FOR;
    const upload = { id, businessPhoneId, mimeType, sha256, size, uploadedAt, expiresAt };
    await store.keepUpload(upload);
    return { outcome: 'uploaded', upload };
  }

  return async (request) => {
    const id = request.businessPhoneId ?? phones.defaultId();
    if (request.businessPhoneId !== null && !phones.isOurs(request.businessPhoneId)) {
      return { outcome: 'unknown-phone' };
    }
    const sender = phones.senderOf(id === null ? 'installation' : phoneLane(id));
    if (!sender.ready) return { outcome: 'no-sender', failure: sender.failure };
    const file = await receive(request);
    if ('outcome' in file) return file;
    try {
      return await give(file, request, sender);
    } finally {
      // What stays behind all the same is removed by a later start.
      await file.discard().catch(() => {});
    }
  };
}

async function beginningOf(file: ReceivedFile): Promise<Uint8Array> {
  for await (const part of file.bytes()) return part.subarray(0, KIND_BYTES);
  return new Uint8Array();
}

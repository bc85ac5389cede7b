import { Readable } from 'node:stream';
import { eventId, eventPosition } from '../../domain/event.ts';
import { checkOf, failureOf } from '../../domain/failure.ts';
import type { Language } from '../../domain/language.ts';
import { type MediaFile, type MediaState, MOST_BYTES } from '../../domain/media-file.ts';
import { sizeInWords, type Upload } from '../../domain/upload.ts';
import { ShelfFailure } from '../../flows/media/media-shelf.ts';
import type { MediaPlace } from '../../flows/media/media-store.ts';
import type { UploadFile, UploadResult } from '../../flows/media/upload-file.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import {
  fileSchema,
  type MediaPageBody,
  mediaHeadersSchema,
  mediaPageSchema,
  mediaQuerySchema,
  type UploadBody,
  uploadQuerySchema,
  uploadSchema,
} from '../contract/kept-media.ts';
import { idParameters } from '../contract/value.ts';
import { etagOf } from '../etag.ts';
import { attachment, partOf, safeContentType } from '../file-headers.ts';
import { languageFor } from '../language.ts';
import { readPage } from '../page.ts';
import { lostFile, ProblemError, problemOf } from '../problem.ts';
import { refusedByMeta } from '../refused-by-meta.ts';
import { mediaBody } from '../representations/media.ts';
import { isoTime } from '../representations/time.ts';
import { fileBodySchema, fileTypeIn } from '../requests/file-body.ts';
import type { Api } from '../typed-fastify.ts';

/** What the routes of files need. */
export type MediaPorts = {
  /** A file by Meta's id; null when none has it. */
  findMedia(id: string): Promise<MediaFile | null>;
  /** Files in the order in which messages told of them, behind a place. */
  listMedia(query: {
    after: MediaPlace | null;
    state: MediaState | null;
    limit: number;
  }): Promise<MediaFile[]>;
  /** The bytes of a kept file, or a part of them; null when they are not where files are kept. */
  readMedia(
    file: { sha256: string; size: number },
    part?: { first: number; last: number },
  ): Promise<AsyncIterable<Uint8Array> | null>;
  uploadFile: UploadFile;
  clock: { now(): number };
};

/** The files of messages. */
export function mediaRoutes(api: Api, ports: MediaPorts): void {
  api.get(
    '/media',
    {
      config: { scopes: ['read'] },
      schema: {
        tags: ['Media'],
        operationId: 'listMedia',
        summary: 'List files of messages',
        description:
          'The files that people sent, in the order in which their messages came: which are kept, which are still being fetched, and why one is not.',
        querystring: mediaQuerySchema,
        response: { 200: answerOf(mediaPageSchema, 'A page of files.'), ...problemAnswers(400, 401, 500) },
      },
    },
    async (request, reply): Promise<MediaPageBody> => {
      const { after, state = null, limit } = request.query;
      const place = after === undefined ? null : placeIn(after);
      const { rows, next } = await readPage(
        limit,
        (most) => ports.listMedia({ after: place, state, limit: most }),
        ({ position, id }) => `${eventId(position)}.${id}`,
      );
      const language = languageFor(reply);
      return { data: rows.map((file) => mediaBody(file, language)), next };
    },
  );

  api.get(
    '/media/:id',
    {
      config: { scopes: ['read'] },
      schema: {
        tags: ['Media'],
        operationId: 'getMedia',
        summary: 'Get the file of a message',
        description:
          'The bytes of a file that a person sent, by the id that the message names it with. Recado fetches it from Meta soon after the message; until then the answer is 409 with `Retry-After`, and 410 with the reason when it never came. Types that a browser could run are given out as `application/octet-stream`.',
        params: idParameters('1013859600285441'),
        headers: mediaHeadersSchema,
        response: {
          200: answerOf(fileSchema, 'All of its bytes.', 'application/octet-stream'),
          206: answerOf(
            fileSchema,
            'The part that `Range` asks for; `Content-Range` says which.',
            'application/octet-stream',
          ),
          ...problemAnswers(401, 404, 409, 410, 500),
        },
      },
    },
    async (request, reply) => {
      const file = await ports.findMedia(request.params.id);
      if (file === null) throw new ProblemError(problemOf('media-unknown'));
      const { mimeType, filename, sha256, size } = file;
      if (file.failure !== null && file.state === 'failed') throw new ProblemError(lostFile(file.failure));
      if (file.state !== 'kept' || sha256 === null || size === null) {
        reply.header('retry-after', secondsUntil(file.nextTryAt));
        const detail = file.failure === null ? {} : { detail: whyNotYet(file.failure) };
        throw new ProblemError(problemOf('media-not-fetched', detail));
      }
      const part = partOf(request.headers.range, size);
      const bytes = await whereKept(ports.readMedia({ sha256, size }, part ?? undefined));
      if (bytes === null) throw new ProblemError(problemOf('media-missing'));
      reply
        .code(part === null ? 200 : 206)
        .type(safeContentType(mimeType))
        .headers({
          'accept-ranges': 'bytes',
          'content-length': part === null ? size : part.last - part.first + 1,
          'content-disposition': attachment(filename),
          etag: etagOf(sha256),
          // Were it shown all the same, nothing in it would run.
          'content-security-policy': "default-src 'none'; sandbox",
        });
      if (part !== null) reply.header('content-range', `bytes ${part.first}-${part.last}/${size}`);
      return reply.send(Readable.from(bytes, { objectMode: false }));
    },
  );

  api.register(async (scope) => {
    // The bytes are read as they come: a file is larger than any request of JSON.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', async (_request: unknown, body: Readable) => body);
    uploadRoute(scope, ports);
  });

  /** Whole seconds, at least one: soon, when a file is being fetched. */
  function secondsUntil(time: number | null): number {
    return Math.max(1, Math.ceil(((time ?? 0) - ports.clock.now()) / 1000));
  }
}

/** POST /v1/media: gives a file to Meta. */
function uploadRoute(api: Api, ports: MediaPorts): void {
  api.post(
    '/media',
    {
      config: { scopes: ['send'] },
      bodyLimit: MOST_BYTES,
      schema: {
        tags: ['Media'],
        operationId: 'uploadMedia',
        summary: 'Upload a file to send',
        description:
          'Gives a file to Meta, which keeps it for 30 days, and answers with the id that `media.id` of a notification takes. The body is the file itself, its type the content type. Meta’s limits are looked at before: 5 MB for an image, 16 MB for audio and video, 100 MB for a document, 100 KB for a sticker, 500 KB for one that moves. The same file is not given to Meta twice while it has it.',
        consumes: ['*/*'],
        querystring: uploadQuerySchema,
        body: fileBodySchema,
        response: {
          200: answerOf(uploadSchema, 'Meta has it already.'),
          201: answerOf(uploadSchema, 'Meta has it now.'),
          ...problemAnswers(400, 401, 404, 409, 413, 415, 422, 500, 502),
        },
      },
    },
    async (request, reply): Promise<UploadBody> => {
      const { filename = null, businessPhone = null, again } = request.query;
      const upload = ports.uploadFile({
        // Whoever stops reading must not cut off the connection: the answer is still to come.
        bytes: request.body.iterator({ destroyOnReturn: false }),
        mimeType: fileTypeIn(request.headers),
        filename,
        businessPhoneId: businessPhone,
        again: again === 'true',
      });
      const result = await whereKept(upload);
      if (!('upload' in result)) throw notUploaded(result, languageFor(reply));
      const known = result.outcome === 'known';
      reply.code(known ? 200 : 201);
      return uploadBody(result.upload, known);
    },
  );
}

function uploadBody(upload: Upload, known: boolean): UploadBody {
  const { id, businessPhoneId, mimeType, size, sha256, uploadedAt, expiresAt } = upload;
  return {
    id,
    businessPhoneId,
    mimeType,
    size,
    sha256,
    known,
    uploadedAt: isoTime(uploadedAt),
    expiresAt: isoTime(expiresAt),
  };
}

function notUploaded(result: Exclude<UploadResult, { upload: Upload }>, language: Language): ProblemError {
  switch (result.outcome) {
    case 'too-large': {
      const { kind, most, size } = result;
      const found = size === null ? 'This one has more' : `This one has ${sizeInWords(size)}`;
      const detail = `As ${kind} at most ${sizeInWords(most)}. ${found}.`;
      return new ProblemError(problemOf('upload-too-large', { detail }));
    }
    case 'empty':
      return new ProblemError(problemOf('upload-empty'));
    case 'broken-off':
      return new ProblemError(problemOf('upload-broken-off'));
    case 'unknown-phone':
      return new ProblemError(problemOf('business-phone-unknown'));
    case 'no-sender': {
      const { title, remedy } = failureOf(result.failure);
      return new ProblemError(problemOf('upload-without-sender', { detail: title, remedy }));
    }
    case 'refused': {
      const { failure } = result;
      return new ProblemError(refusedByMeta('upload-refused', failure, language, checkOf(failure.code)));
    }
    case 'unanswered':
      return new ProblemError(problemOf('meta-unanswered', { detail: `${result.reason}.` }));
  }
}

/** @throws ProblemError when the place of files does not do its work */
async function whereKept<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (failure) {
    if (!(failure instanceof ShelfFailure)) throw failure;
    throw new ProblemError(
      problemOf('media-place-unavailable', { detail: `The system said ${failure.reason}.` }),
    );
  }
}

function whyNotYet({ title, details }: { title: string; details: string | null }): string {
  return details === null ? title : `${title} ${details}`;
}

/** The place that a `next` stands for. Throws ProblemError for anything else. */
function placeIn(after: string): MediaPlace {
  const [event = '', id = '', ...rest] = after.split('.');
  const position = eventPosition(event);
  if (position !== null && id !== '' && rest.length === 0) return { position, id };
  throw new ProblemError(
    problemOf('cursor-invalid', { detail: '`after` must be the `next` of an earlier answer.' }),
  );
}

import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Agent, type Dispatcher, request } from 'undici';
import { type MediaShelf, ShelfFailure } from '../../flows/media/media-shelf.ts';
import { fileKey } from './file-key.ts';
import { createIncoming } from './incoming.ts';
import { codeOf, onDisk, readFileParts } from './receive-file.ts';
import { type Credentials, NO_BODY, signRequest, type UnsignedRequest } from './sign-request.ts';

/** In milliseconds: to connect, for an answer, and between two pieces of a file. */
const CONNECT_TIMEOUT = 5_000;
const ANSWER_TIMEOUT = 30_000;

/** A bucket, or a part of one: where it is, and who asks. */
export type Bucket = Credentials & {
  /** The address of the bucket, with a prefix if it has one, without a slash at its end. */
  url: string;
};

/** A shelf that has connections to close. */
export type ClosableShelf = MediaShelf & { close(): Promise<void> };

/**
 * Keeps files in a store of objects that speaks S3, each under the SHA-256 of its bytes, which the store compares before
 * it takes them. What is on its way lies in a folder here.
 *
 * @param options.folder for files on their way
 * @param options.now the time, in milliseconds
 */
export function createMediaBucket(options: { bucket: Bucket; folder: string; now(): number }): ClosableShelf {
  const { bucket } = options;
  const incoming = createIncoming(options.folder);
  const agent = new Agent({
    connect: { timeout: CONNECT_TIMEOUT },
    headersTimeout: ANSWER_TIMEOUT,
    bodyTimeout: ANSWER_TIMEOUT,
  });

  /** Makes a request; rejects with ShelfFailure unless the store answers with one of these statuses. */
  async function ask(
    method: UnsignedRequest['method'],
    sha256: string,
    good: readonly number[],
    { headers = {}, path, size = 0 }: { headers?: Record<string, string>; path?: string; size?: number } = {},
  ): Promise<Dispatcher.ResponseData> {
    const url = new URL(`${bucket.url}/${fileKey(sha256)}`);
    const bodySha256 = path === undefined ? NO_BODY : sha256;
    const signed = signRequest({ method, url, headers, bodySha256 }, bucket, options.now());
    let answer: Dispatcher.ResponseData;
    try {
      answer = await request(url, {
        method,
        dispatcher: agent,
        headers: path === undefined ? signed : { ...signed, 'content-length': String(size) },
        body: path === undefined ? null : createReadStream(path),
      });
    } catch (failure) {
      throw new ShelfFailure(codeOf(failure) ?? 'unknown', { cause: failure });
    }
    if (good.includes(answer.statusCode)) return answer;
    await answer.body.dump().catch(() => {});
    throw new ShelfFailure(`HTTP ${answer.statusCode}`);
  }

  /** Asks for the bytes only when somebody reads them: nothing stays open for a reader who has left. */
  async function* bytesOf(sha256: string, range: string | null): AsyncGenerator<Uint8Array> {
    const { body } = await ask('GET', sha256, range === null ? [200] : [206], {
      headers: range === null ? {} : { range },
    });
    try {
      yield* body;
    } catch (failure) {
      throw new ShelfFailure(codeOf(failure) ?? 'unknown', { cause: failure });
    } finally {
      body.destroy();
    }
  }

  return {
    async receive(bytes, most) {
      const file = await incoming.receive(bytes, most);
      if (file === null) return null;
      const { path, sha256, size } = file;
      const discard = () => onDisk(rm(path, { force: true }));
      return {
        sha256,
        size,
        async keep() {
          const { body } = await ask('PUT', sha256, [200, 201, 204], { path, size });
          await body.dump().catch(() => {});
          await discard();
        },
        bytes: () => readFileParts(path),
        discard,
      };
    },
    async read({ sha256, size }, part) {
      const { statusCode, headers, body } = await ask('HEAD', sha256, [200, 404]);
      await body.dump().catch(() => {});
      if (statusCode === 404 || Number(headers['content-length']) !== size) return null;
      return bytesOf(sha256, part === undefined ? null : `bytes=${part.first}-${part.last}`);
    },
    async remove(sha256) {
      const { body } = await ask('DELETE', sha256, [200, 202, 204, 404]);
      await body.dump().catch(() => {});
    },
    close: () => agent.close(),
  };
}

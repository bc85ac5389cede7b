import { Readable } from 'node:stream';
import { Agent, buildConnector, request } from 'undici';
import type { Download, GivenFile, GraphMedia } from '../../flows/media/graph-media.ts';
import { ShelfFailure } from '../../flows/media/media-shelf.ts';
import { readMediaFacts } from '../../whatsapp/graph-answers/read-media-facts.ts';
import { readUploadAnswer } from '../../whatsapp/read-upload-answer.ts';
import { createAddressGuard } from '../endpoint-http/address-guard.ts';
import { createGuardedConnect, ForbiddenAddress } from '../endpoint-http/guarded-connect.ts';
import type { AskGraph } from './ask-graph.ts';
import { multipartOf } from './multipart.ts';

/** In milliseconds: to connect, for the beginning of an answer, and between two pieces of a file. */
const CONNECT_TIMEOUT = 5_000;
const ANSWER_TIMEOUT = 30_000;

/** As long as Graph's connections are kept, for the same reasons. */
const KEEP_ALIVE = 3_000;

/**
 * Files of the Graph API.
 *
 * Where a file lies, Meta says; the access token goes there. So the address has to be https and outside closed
 * networks, judged where the connection is made. What lies at the Graph API's own origin is trusted as that is: it is
 * what META_GRAPH_URL names. Redirects are not followed.
 *
 * @param origin of META_GRAPH_URL
 * @param root the path of the version there, such as `/v25.0`
 */
export function createGraphMedia(
  ask: AskGraph,
  origin: string,
  root: string,
  tls: { ca?: string } = {},
): GraphMedia & { close(): Promise<void> } {
  const timeouts = {
    headersTimeout: ANSWER_TIMEOUT,
    bodyTimeout: ANSWER_TIMEOUT,
    keepAliveTimeout: KEEP_ALIVE,
    keepAliveMaxTimeout: KEEP_ALIVE,
  };
  const own = new Agent({ ...timeouts, connect: buildConnector({ ...tls, timeout: CONNECT_TIMEOUT }) });
  const elsewhere = new Agent({
    ...timeouts,
    connect: createGuardedConnect({ guard: createAddressGuard(), timeout: CONNECT_TIMEOUT }),
  });

  async function download({
    url,
    accessToken,
    signal,
  }: Parameters<GraphMedia['download']>[0]): Promise<Download> {
    const address = URL.canParse(url) ? new URL(url) : null;
    const isOwn = address?.origin === origin;
    if (address === null || !(isOwn || address.protocol === 'https:')) {
      return { got: 'nothing', reason: 'Meta gave an address that is not https' };
    }
    try {
      const answer = await request(address, {
        dispatcher: isOwn ? own : elsewhere,
        headers: { authorization: `Bearer ${accessToken}`, 'user-agent': 'Recado' },
        signal,
      });
      if (answer.statusCode === 200) return { got: 'bytes', bytes: answer.body };
      await answer.body.dump().catch(() => {});
      return { got: 'nothing', reason: `Meta’s file server answered HTTP ${answer.statusCode}` };
    } catch (failure) {
      return { got: 'nothing', reason: reasonOf(failure) };
    }
  }

  async function uploadFile({
    phoneNumberId,
    accessToken,
    file,
  }: Parameters<GraphMedia['uploadFile']>[0]): Promise<GivenFile> {
    const { mimeType, filename } = file;
    const form = multipartOf(
      { messaging_product: 'whatsapp', type: mimeType },
      { ...file, name: 'file', filename: filename ?? 'file' },
    );
    try {
      const answer = await request(`${origin}${root}/${encodeURIComponent(phoneNumberId)}/media`, {
        method: 'POST',
        dispatcher: own,
        headers: {
          authorization: `Bearer ${accessToken}`,
          'content-type': form.contentType,
          'content-length': String(form.length),
        },
        body: Readable.from(form.body(), { objectMode: false }),
      });
      const text = await textOf(answer.body);
      return readUploadAnswer(answer.statusCode, text.replaceAll(accessToken, '…'));
    } catch (failure) {
      if (failure instanceof ShelfFailure) throw failure;
      return { outcome: 'unanswered', reason: reasonOf(failure) };
    }
  }

  return {
    uploadFile,
    findFile: ({ mediaId, accessToken }) =>
      ask({ path: encodeURIComponent(mediaId), accessToken }, readMediaFacts),
    download,
    async close() {
      await Promise.all([own.close(), elsewhere.close()]);
    },
  };
}

/** Meta answers an upload with a line. */
const ANSWER_MAX_CHARACTERS = 64 * 1024;

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of body) {
    text += decoder.decode(part, { stream: true });
    if (text.length > ANSWER_MAX_CHARACTERS) break;
  }
  return text;
}

/** Fixed words only: messages may hold addresses. */
function reasonOf(failure: unknown): string {
  const cause = failure instanceof AggregateError ? failure.errors[0] : failure;
  if (cause instanceof ForbiddenAddress) return `Meta’s address is forbidden: ${cause.message}`;
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  return `Meta’s servers of files could not be reached, or broke off (${code || 'unknown'})`;
}

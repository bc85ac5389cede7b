import type { IncomingMessage } from 'node:http';
import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import type { GraphCall, UploadedFile } from './graph-route.ts';

/** A call as it came over the wire, before anything is known of its token. */
export type ReadCall = Omit<GraphCall, 'token'> & {
  /** The token as it was given, in the header, the query or the body; null for none. */
  tokenText: string | null;
  /** What is remembered of the body: never a token, and of a file no bytes. */
  remembered: Json;
};

/** The largest body that is taken, in bytes: with files, what Meta's largest document needs (meta-facts §7.2). */
const BODY_LIMIT = 1024 * 1024;
const FILES_LIMIT = 101 * 1024 * 1024;

/** Reads a call; null when its body is too large. */
export async function readCall(request: IncomingMessage): Promise<ReadCall | null> {
  const [path = '', search = ''] = (request.url ?? '').split('?', 2);
  const type = request.headers['content-type'] ?? '';
  const withFiles = type.startsWith('multipart/form-data');
  const bytes = await readBody(request, withFiles ? FILES_LIMIT : BODY_LIMIT);
  if (bytes === null) return null;

  const query = new URLSearchParams(search);
  const form = withFiles ? await readForm(bytes, type) : null;
  const urlEncoded = type.startsWith('application/x-www-form-urlencoded');
  const body =
    form !== null ? null : urlEncoded ? fromPairs(new URLSearchParams(bytes.toString())) : parseJson(bytes);
  const given = form?.texts ?? (isJsonObject(body) ? body : {});
  const { access_token: tokenInside, ...parameters } = { ...fromPairs(query), ...given };
  return {
    path,
    query,
    body,
    parameters,
    files: form?.files ?? new Map(),
    tokenText:
      /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ??
      (typeof tokenInside === 'string' ? tokenInside : null),
    remembered: form === null ? withoutToken(body) : { ...given, ...describeFiles(form.files) },
  };
}

/** The whole body; null when it is too large. What is over the limit is read and thrown away, so that the caller hears the answer. */
async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
  }
  return length <= limit ? Buffer.concat(chunks) : null;
}

function parseJson(bytes: Buffer): Json {
  try {
    const parsed: Json = JSON.parse(bytes.toString('utf8'));
    return parsed;
  } catch {
    return null;
  }
}

/** The parts of a multipart body; nothing at all when it is none. */
async function readForm(
  bytes: Buffer,
  type: string,
): Promise<{ texts: JsonObject; files: Map<string, UploadedFile> }> {
  const texts: JsonObject = {};
  const files = new Map<string, UploadedFile>();
  try {
    const form = await new Response(Uint8Array.from(bytes), { headers: { 'content-type': type } }).formData();
    for (const [name, part] of form) {
      if (typeof part === 'string') texts[name] = part;
      else files.set(name, { name: part.name, mimeType: part.type, bytes: await part.bytes() });
    }
  } catch {
    return { texts: {}, files: new Map() };
  }
  return { texts, files };
}

function fromPairs(pairs: Iterable<[string, string]>): JsonObject {
  return Object.fromEntries(pairs);
}

function withoutToken(body: Json): Json {
  if (!isJsonObject(body)) return body;
  const { access_token: _accessToken, verify_token: _verifyToken, ...rest } = body;
  return rest;
}

function describeFiles(files: ReadonlyMap<string, UploadedFile>): JsonObject {
  return Object.fromEntries(
    [...files].map(([part, { name, mimeType, bytes }]) => [
      part,
      { name, type: mimeType, size: bytes.length },
    ]),
  );
}

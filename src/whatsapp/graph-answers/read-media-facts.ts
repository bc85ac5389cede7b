import { Buffer } from 'node:buffer';
import type { JsonObject } from '../../domain/json.ts';
import { readText } from '../wire-values.ts';

/** What `GET /{media-id}` says of a file (meta-facts §7.2). */
export type MediaFacts = {
  /** Where it lies, for five minutes; only whoever has the access token gets it there. */
  url: string;
  mimeType: string | null;
  /** Of its bytes, in hexadecimal digits; null when Meta gives none. */
  sha256: string | null;
  /** In bytes; null when Meta gives none. */
  size: number | null;
};

/** Reads the answer; null when it names no address. */
export function readMediaFacts(body: JsonObject): MediaFacts | null {
  const url = readText(body.url);
  if (url === null) return null;
  const size = readText(body.file_size);
  return {
    url,
    mimeType: readText(body.mime_type),
    sha256: hexadecimal(readText(body.sha256)),
    size: size !== null && /^\d{1,15}$/.test(size) ? Number(size) : null,
  };
}

/** A SHA-256 in hexadecimal digits; webhooks have them in base64. Null for anything else. */
function hexadecimal(text: string | null): string | null {
  if (text === null) return null;
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, 'base64').toString('hex') : null;
}

import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';

/** A form with one file, as `multipart/form-data` (RFC 7578); its bytes are read as they are sent. */
export type Multipart = {
  contentType: string;
  /** In bytes. */
  length: number;
  body(): AsyncGenerator<Uint8Array>;
};

/** Writes a form. Names and values are Recado's own; the file's name and type may be anybody's. */
export function multipartOf(
  fields: Readonly<Record<string, string>>,
  file: {
    name: string;
    filename: string;
    mimeType: string;
    size: number;
    bytes(): AsyncIterable<Uint8Array>;
  },
): Multipart {
  const boundary = `recado-${randomUUID()}`;
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const opening =
    `--${boundary}\r\nContent-Disposition: form-data; name="${file.name}"; filename="${quotable(file.filename)}"\r\n` +
    `Content-Type: ${file.mimeType.replaceAll(/[\r\n]/g, '')}\r\n\r\n`;
  const before = Buffer.from(parts.join('') + opening);
  const after = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    length: before.byteLength + file.size + after.byteLength,
    async *body() {
      yield before;
      yield* file.bytes();
      yield after;
    },
  };
}

/** As browsers write a file's name: what could end it is encoded. */
function quotable(filename: string): string {
  return filename
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, '_')
    .replaceAll('"', '%22');
}

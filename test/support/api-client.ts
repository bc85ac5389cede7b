import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';

/** What came back. `body` is the JSON value, or the text when it is none. */
export type Answer = { status: number; headers: IncomingHttpHeaders; body: unknown; text: string };

/** What is sent. A body that is no text and no bytes is sent as JSON. */
export type Sent = { method?: string; headers?: Record<string, string>; body?: unknown };

/** A client of one server that takes every path and header as it is given. */
export function createClient(port: number, standing: Record<string, string> = {}) {
  return (path: string, sent: Sent = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const raw = typeof sent.body === 'string' || sent.body instanceof Uint8Array;
      const bytes = sent.body === undefined ? null : raw ? sent.body : JSON.stringify(sent.body);
      const headers = {
        ...standing,
        ...(bytes === null ? {} : { 'content-type': 'application/json' }),
        ...sent.headers,
      };
      const method = sent.method ?? (bytes === null ? 'GET' : 'POST');
      const request = httpRequest(
        { host: '127.0.0.1', port, path, method, headers, agent: false },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: parsed(text),
              text,
            });
          });
        },
      );
      request.on('error', reject);
      request.end(bytes ?? undefined);
    });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

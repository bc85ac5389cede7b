import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { signRequest } from '../../src/adapters/media/sign-request.ts';

/** The access key that the pretend store knows. */
export const storeKey = { accessKeyId: 'AKIDTESTS', secretAccessKey: 'only-for-tests', region: 'us-east-1' };

/** A pretend store of objects: it takes signed requests alone, and bytes with their own hash alone. */
export type ObjectStore = {
  url: string;
  objects: Map<string, Buffer>;
  /** From now on every request is answered with this status; null for as it should be. */
  failWith(status: number | null): void;
};

/** Starts one on the loopback; it ends with the test. */
export async function startObjectStore(): Promise<ObjectStore> {
  const objects = new Map<string, Buffer>();
  let failure: number | null = null;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const path = request.url ?? '';
    const answer = (status: number, content: Buffer | null = null, headers: object = {}) =>
      response.writeHead(status, { ...headers }).end(content);
    if (failure !== null) return answer(failure);
    const { method = '' } = request;
    if (method !== 'GET' && method !== 'HEAD' && method !== 'PUT' && method !== 'DELETE') return answer(405);
    const header = (name: string) => String(request.headers[name] ?? '');
    const bodySha256 = createHash('sha256').update(body).digest('hex');
    const signed = signRequest(
      {
        method,
        url: new URL(`http://${header('host')}${path}`),
        headers: request.headers.range === undefined ? {} : { range: header('range') },
        bodySha256,
      },
      storeKey,
      Date.parse(header('x-amz-date').replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5')),
    );
    if (signed['authorization'] !== header('authorization')) return answer(403);
    const found = objects.get(path);
    if (method === 'PUT') {
      objects.set(path, body);
      return answer(200);
    }
    if (method === 'DELETE') {
      objects.delete(path);
      return answer(204);
    }
    if (found === undefined) return answer(404);
    const range = /^bytes=(\d+)-(\d+)$/.exec(header('range'));
    const part = range === null ? found : found.subarray(Number(range[1]), Number(range[2]) + 1);
    const length = { 'content-length': part.byteLength };
    return answer(range === null ? 200 : 206, method === 'HEAD' ? null : part, length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/our-bucket/recado`,
    objects,
    failWith(status) {
      failure = status;
    },
  };
}

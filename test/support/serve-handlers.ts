/**
 * Serves a module of web-standard handlers over HTTP, as a framework would: a route file that exports GET and
 * POST, or an application whose default export has `fetch`.
 *
 *   node test/support/serve-handlers.ts <file>
 */
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';

type Handler = (request: Request) => Response | Promise<Response>;
type Handlers = { GET?: Handler; POST?: Handler; default?: { fetch: Handler } };

const file = process.argv[2] ?? '';
const handlers: Handlers = await import(pathToFileURL(file).href);

const server = createServer(async (incoming, outgoing) => {
  const { method = 'GET', url = '/', headers } = incoming;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const request = new Request(new URL(url, `http://${headers.host}`), {
    method,
    headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
    ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: 'half' } : {}),
  });
  const handler = handlers.default?.fetch ?? handlers[method as 'GET' | 'POST'];
  const answer = (await handler?.(request)) ?? new Response(null, { status: 405 });
  outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
  outgoing.end(Buffer.from(await answer.arrayBuffer()));
});
server.listen(Number(process.env['PORT']), () => console.log('Listening on', server.address()));

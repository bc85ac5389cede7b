import type { IncomingMessage } from 'node:http';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { securityHeaders } from '../answers.ts';
import { ProblemError, problemOf } from '../problem.ts';

/** What the dashboard needs of whoever serves it. */
export type DashboardOptions = {
  /** Its files by the path below `/`; asked for once, when somebody opens it. */
  read(): Promise<ReadonlyMap<string, Uint8Array>>;
  /** In a sandbox: the address of the pretend phone that is shown beside the pages. */
  phone?: string;
  /** The `Set-Cookie` value for a browser that needs no login; null for every other. */
  welcome?(request: IncomingMessage): string | null;
};

type Served = { body: Uint8Array; gzipped: Uint8Array; type: string };

/** Nothing inline, nothing from elsewhere, in nobody's frame, and no string ever becomes markup (Trusted Types). */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * Registers `GET /` and the files that it loads. They are the same for everybody and hold nothing of anybody: what is
 * shown on them the browser asks of /v1, which asks for a login.
 */
export function registerDashboard(fastify: FastifyInstance, options: DashboardOptions): void {
  let served: Promise<Map<string, Served>> | null = null;

  async function find(path: string): Promise<Served | undefined> {
    served ??= prepare(options);
    try {
      return (await served).get(path);
    } catch (error) {
      served = null;
      throw error;
    }
  }

  fastify.get('/', { schema: { hide: true } }, async (request, reply) => {
    const cookie = options.welcome?.(request.raw) ?? null;
    if (cookie !== null) reply.header('set-cookie', cookie);
    return send(request, reply, await find('index.html'), 'no-store');
  });
  fastify.get<{ Params: { name: string } }>(
    '/assets/:name',
    { schema: { hide: true } },
    async (request, reply) =>
      send(
        request,
        reply,
        await find(`assets/${request.params.name}`),
        'public, max-age=31536000, immutable',
      ),
  );
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  file: Served | undefined,
  caching: string,
): FastifyReply {
  if (file === undefined) throw new ProblemError(problemOf('route-unknown'));
  reply.headers({
    ...securityHeaders,
    'content-security-policy': policy,
    'cache-control': caching,
    'content-type': file.type,
    vary: 'Accept-Encoding',
  });
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(file.body);
  return reply.header('content-encoding', 'gzip').send(file.gzipped);
}

async function prepare({ read, phone = '' }: DashboardOptions): Promise<Map<string, Served>> {
  const files = await read();
  return new Map(
    await Promise.all(
      [...files].map(async ([path, content]) => {
        const body =
          path === 'index.html'
            ? Buffer.from(Buffer.from(content).toString().replace('%phone%', phone))
            : content;
        const type = types[extname(path)] ?? 'application/octet-stream';
        return [path, { body, gzipped: await compress(body), type }] as const;
      }),
    ),
  );
}

const compress = promisify(gzip);

import type { ProblemBody } from '../server/contract/problem.ts';
import { RecadoProblem } from './recado-problem.ts';

/** Where the gateway is, and how to talk to it. */
export type ClientOptions = {
  /** Such as `http://127.0.0.1:8000`. */
  url: string;
  /** An API key (`recado keys create`), or RECADO_ADMIN_KEY. */
  key: string;
  /** How long one answer may take, in milliseconds; 15,000. Streams of events are not bound by it. */
  timeout?: number;
  /** Another `fetch`, for proxies and tests. */
  fetch?: typeof fetch;
};

/** What stands in a query; what is undefined is left out, a list is joined by commas. */
type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** One request. */
export type Call = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Such as `/v1/notifications`. */
  path: string;
  query?: Query;
  body?: object;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
};

/** Speaks HTTP with one gateway. Both reject with RecadoProblem, or with the reason of an aborted signal. */
export type Connection = {
  /** The JSON of a good answer, as the contract of the route types it; undefined when it has no body. */
  answer<Body>(call: Call): Promise<Body>;
  /** A good answer whose body is yet to come. */
  open(call: Call): Promise<Response>;
};

/** A connection to the gateway at an address. */
export function createConnection(options: ClientOptions): Connection {
  const base = options.url.replace(/\/+$/, '');
  const { key, timeout = 15_000 } = options;

  async function open(call: Call): Promise<Response> {
    const { method, path, query = {}, body, headers = {}, signal } = call;
    let response: Response;
    try {
      response = await (options.fetch ?? fetch)(base + path + queryText(query), {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined ? null : JSON.stringify(body),
        redirect: 'manual',
        signal: signal ?? null,
      });
    } catch (error) {
      throw unreachable(base, error);
    }
    if (response.ok) return response;
    throw problemIn(base, response, await textOf(response, base));
  }

  return {
    open,
    async answer(call) {
      const late = AbortSignal.timeout(timeout);
      const signal = call.signal === undefined ? late : AbortSignal.any([call.signal, late]);
      try {
        const response = await open({ ...call, signal });
        const text = await textOf(response, base);
        return text === '' ? undefined : (parsed(text) ?? refuse(notRecado(base, response.status)));
      } catch (error) {
        // Whoever aborted a call knows it, and gets the reason that they gave.
        call.signal?.throwIfAborted();
        throw error;
      }
    },
  };
}

function queryText(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  return parameters.size === 0 ? '' : `?${parameters}`;
}

async function textOf(response: Response, base: string): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    throw unreachable(base, error);
  }
}

function problemIn(base: string, response: Response, text: string): RecadoProblem {
  const problem: Partial<ProblemBody> | null = parsed(text);
  const { status, headers } = response;
  const { code, title, remedy, ...more } = problem ?? {};
  if (typeof code !== 'string' || typeof title !== 'string' || typeof remedy !== 'string') {
    return notRecado(base, status);
  }
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return new RecadoProblem(
    { ...more, code, title, remedy, status },
    { retryAfter: Number.isFinite(seconds) ? seconds : null },
  );
}

function parsed(text: string) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

function unreachable(base: string, cause: unknown): RecadoProblem {
  return new RecadoProblem(
    {
      status: 0,
      code: 'unreachable',
      title: `${base} did not answer.`,
      remedy:
        'Check the address, and that the gateway runs (`recado serve`). Repeat a notification with the same idempotency key.',
    },
    { cause },
  );
}

function notRecado(base: string, status: number): RecadoProblem {
  return new RecadoProblem({
    status,
    code: 'not-recado',
    title: `${base} answers (HTTP ${status}), but not as Recado does.`,
    remedy: 'Check the address, and what stands between: another program or a proxy answered.',
  });
}

function refuse(problem: RecadoProblem): never {
  throw problem;
}

import { followEvents, type StreamOptions } from './follow-events.ts';
import type { EventBody } from './generated.ts';
import { notRecado, problemOf, unreachable } from './recado-problem.ts';

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

/** What every function but a stream takes last. */
export type CallOptions = {
  /** Ends the call; it then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** How long this answer may take, in milliseconds, instead of the client's. */
  timeout?: number | undefined;
};

/** What stands in a query; what is undefined is left out, a list is joined by commas. */
type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** One request. */
type Call = {
  method: string;
  /** Such as `/v1/notifications`. */
  path: string;
  query?: Query | undefined;
  /** Sent as JSON; a Blob as it is, under its type. */
  body?: object;
  headers?: Readonly<Record<string, string | undefined>>;
  /** Statuses of errors that come with an answer all the same. */
  alsoGood?: readonly number[];
};

/** Speaks HTTP with one gateway. All reject with RecadoProblem, or with the reason of an aborted signal. */
export type Connection = {
  /** The JSON of a good answer, as the contract types it; undefined when it has no body. */
  answer<Body>(call: Call, options?: CallOptions): Promise<Body>;
  /** A good answer of plain text. */
  text(call: Call, options?: CallOptions): Promise<string>;
  /** The bytes of a good answer, with their content type. */
  file(call: Call, options?: CallOptions): Promise<Blob>;
  /** Events as they happen, from `query.after` on, over every disconnection. */
  stream(
    path: string,
    query: Query & { after?: string | undefined },
    options: StreamOptions,
  ): AsyncGenerator<EventBody, void, undefined>;
};

/** A connection to the gateway at an address. */
export function createConnection(client: ClientOptions): Connection {
  const base = client.url.replace(/\/+$/, '');

  /** A good answer whose body is yet to come. */
  async function open(call: Call, signal: AbortSignal): Promise<Response> {
    const { method, path, query = {}, body, headers = {}, alsoGood = [] } = call;
    let response: Response;
    try {
      response = await (client.fetch ?? fetch)(base + path + queryText(query), {
        method,
        headers: {
          authorization: `Bearer ${client.key}`,
          ...(body === undefined || body instanceof Blob ? {} : { 'content-type': 'application/json' }),
          ...given(headers),
        },
        body: body === undefined ? null : body instanceof Blob ? body : JSON.stringify(body),
        redirect: 'manual',
        signal,
      });
    } catch (error) {
      throw unreachable(base, error);
    }
    if (response.ok || alsoGood.includes(response.status)) return response;
    throw problemOf(base, response, parsed(await textOf(response)));
  }

  async function textOf(response: Response): Promise<string> {
    try {
      return await response.text();
    } catch (error) {
      throw unreachable(base, error);
    }
  }

  /** A whole answer within the time that it may take. */
  async function within<Result>(
    { signal, timeout = client.timeout ?? 15_000 }: CallOptions,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const late = AbortSignal.timeout(timeout);
    try {
      return await work(signal === undefined ? late : AbortSignal.any([signal, late]));
    } catch (error) {
      // Whoever aborted a call knows it, and gets the reason that they gave.
      signal?.throwIfAborted();
      throw error;
    }
  }

  return {
    answer: (call, options = {}) =>
      within(options, async (signal) => {
        const response = await open(call, signal);
        const text = await textOf(response);
        const value = text === '' ? undefined : parsed(text);
        if (value === null) throw notRecado(base, response.status);
        return value;
      }),
    text: (call, options = {}) =>
      within(options, async (signal) => {
        const response = await open(call, signal);
        if (response.headers.get('content-type')?.startsWith('text/plain') === true) return textOf(response);
        throw notRecado(base, response.status);
      }),
    file: (call, options = {}) =>
      within(options, async (signal) => {
        const response = await open(call, signal);
        try {
          return await response.blob();
        } catch (error) {
          throw unreachable(base, error);
        }
      }),
    stream: (path, { after, ...query }, options) =>
      followEvents({
        ...options,
        after,
        open: (last, signal) =>
          open({ method: 'GET', path, query, headers: { 'last-event-id': last } }, signal),
      }),
  };
}

function given(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function queryText(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  return parameters.size === 0 ? '' : `?${parameters}`;
}

/** The object of a JSON text; null when it holds none. */
function parsed(text: string) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

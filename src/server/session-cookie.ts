import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** What of a request tells where it comes from. */
export type BrowserRequest = Pick<IncomingMessage, 'method' | 'headers'>;

/** A cookie that holds a session, out of reach of scripts and of other sites. */
export type SessionCookie = {
  /** What the request's cookie holds; null without one. */
  valueIn(headers: IncomingHttpHeaders): string | null;
  /** The `Set-Cookie` value that gives the cookie to this request's browser. `maxAge` in seconds. */
  setting(headers: IncomingHttpHeaders, value: string, maxAge?: number): string;
};

/**
 * A session cookie under a name. Cookies are shared by all ports of a host, so the port is added to the name:
 * two gateways keep theirs apart.
 */
export function createSessionCookie(prefix: string): SessionCookie {
  function nameFor(headers: IncomingHttpHeaders): string {
    const port = /:(\d{1,5})$/.exec(headers.host ?? '')?.[1] ?? '80';
    return `${prefix}_${port}`;
  }

  return {
    valueIn(headers) {
      for (const pair of (headers.cookie ?? '').split(';')) {
        const [name, value] = pair.split('=', 2);
        if (name?.trim() === nameFor(headers)) return value?.trim() ?? null;
      }
      return null;
    },
    setting(headers, value, maxAge) {
      const age = maxAge === undefined ? '' : `; Max-Age=${maxAge}`;
      const secure = cameOverTls(headers) ? '; Secure' : '';
      return `${nameFor(headers)}=${value}; Path=/${age}; HttpOnly; SameSite=Strict${secure}`;
    },
  };
}

/**
 * Whether the browser speaks TLS, as far as a server behind a proxy can know: its page says so by `Origin`,
 * or the proxy does. PUBLIC_URL says nothing here, because the same gateway may also be opened by plain HTTP on
 * the loopback, where a Secure cookie gets lost. Whoever claims it falsely hides the cookie from himself only.
 */
function cameOverTls(headers: IncomingHttpHeaders): boolean {
  return headers['x-forwarded-proto'] === 'https' || headers.origin?.startsWith('https://') === true;
}

/**
 * True unless another page may have made this request. Everything but GET and HEAD has to prove its origin,
 * because the cookie alone is also sent by pages on other ports of the same host.
 */
export function sameOrigin({ method, headers }: BrowserRequest): boolean {
  const reads = method === 'GET' || method === 'HEAD';
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || (reads && site === 'none');
  // Browsers leave Sec-Fetch-Site out where the address is neither https nor loopback.
  return headers.origin === undefined ? reads : URL.parse(headers.origin)?.host === headers.host;
}

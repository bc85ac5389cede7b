import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createSessionCookie, sameOrigin } from '../server/session-cookie.ts';

/** What of a request the session looks at. */
type SessionRequest = Pick<IncomingMessage, 'method' | 'headers'> & {
  socket: Pick<IncomingMessage['socket'], 'remoteAddress'>;
};

/** The browser's way into the sandbox, beside the admin key. It lives as long as the process. */
export type Session = {
  /**
   * True when the page may be opened without the admin key: a loopback socket, a loopback name as Host
   * (another name means DNS rebinding), and no trace of a proxy (a tunnel forwards from loopback too).
   */
  trusted(request: SessionRequest): boolean;
  /**
   * True when the request carries the cookie and did not come from another page. Everything but GET and
   * HEAD has to prove its origin, because the cookie alone is also sent by pages on other local ports.
   */
  allowed(request: SessionRequest): boolean;
  /** True unless another page may have made this request: for all but GET and HEAD the browser has to say so. */
  sameOrigin(request: Pick<SessionRequest, 'method' | 'headers'>): boolean;
  /** The `Set-Cookie` value that gives the session to this request's browser. */
  cookieFor(request: SessionRequest): string;
  /** True for the admin key. After ten wrong ones within a minute every key is refused until it is over. */
  login(key: string, now: number): 'ok' | 'admin-key-wrong' | 'too-many-logins';
};

const loopbackHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;
const loopbackAddress = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/i;
const proxyHeader = /^(x-forwarded(-.*)?|forwarded|via|x-real-ip|cf-connecting-ip|true-client-ip)$/i;

const wrongKeysPerMinute = 10;
const minute = 60_000;

const cookie = createSessionCookie('recado_sandbox');

/** A session with a fresh secret of 32 random bytes. */
export function createSession(options: { adminKey: string }): Session {
  const secret = randomBytes(32).toString('base64url');
  let wrongKeys: number[] = [];

  return {
    trusted({ headers, socket }) {
      return (
        loopbackAddress.test(socket.remoteAddress ?? '') &&
        loopbackHost.test(headers.host ?? '') &&
        !Object.keys(headers).some((name) => proxyHeader.test(name))
      );
    },

    allowed(request) {
      const presented = cookie.valueIn(request.headers);
      return presented !== null && sameSecret(presented, secret) && sameOrigin(request);
    },

    sameOrigin,

    cookieFor({ headers }) {
      return cookie.setting(headers, secret);
    },

    login(key, now) {
      wrongKeys = wrongKeys.filter((at) => now - at < minute);
      if (wrongKeys.length >= wrongKeysPerMinute) return 'too-many-logins';
      if (sameSecret(key, options.adminKey)) return 'ok';
      wrongKeys.push(now);
      return 'admin-key-wrong';
    },
  };
}

function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/**
 * The contract of every tunnel: something that gives a port of this machine an address that Meta can reach. ngrok and
 * cloudflared are two of them; any executable that prints its address can be a third.
 */

/** An open tunnel. */
export type Tunnel = {
  /** Its public address, without a slash at its end. */
  url: string;
  /** What somebody should know of this kind of tunnel: changing addresses, pages in front. */
  warnings: readonly string[];
  /** Resolves, with the reason as a sentence, when it ends without having been closed. */
  ended: Promise<string>;
  close(): Promise<void>;
};

/** Opens a tunnel to an address of this machine, such as `http://127.0.0.1:40123`. @throws StartError with the cure */
export type OpenTunnel = (localUrl: string) => Promise<Tunnel>;

/**
 * The address in a line that an agent prints: https, or http on this machine's own loopback. Null without one; the
 * local address, which many agents repeat, is none.
 */
export function addressIn(line: string, pattern: RegExp, localUrl: string): string | null {
  for (const [found] of line.matchAll(new RegExp(pattern, 'g'))) {
    if (!URL.canParse(found)) continue;
    const { protocol, hostname, origin, port } = new URL(found);
    const own = hostname === '127.0.0.1' || hostname === 'localhost';
    if (own && port === new URL(localUrl).port) continue;
    if (protocol === 'https:' || own) return origin;
  }
  return null;
}

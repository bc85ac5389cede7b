import { openAgent, type TunnelAgent } from './agent-process.ts';
import type { OpenTunnel } from './tunnel.ts';

/** Cloudflare’s quick tunnel: no account, and another address each time. */
const cloudflared: TunnelAgent = {
  executable: 'cloudflared',
  words: (localUrl) => ['tunnel', '--no-autoupdate', '--url', localUrl],
  address: /https:\/\/[a-z0-9-]+\.trycloudflare\.com\b/,
  warnings: [
    'A quick tunnel of Cloudflare has another address at each start, and no promise of being there: for trying only.',
  ],
  cure: 'Install it from https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/downloads/, or use another agent: --agent ngrok.',
};

/** Opens a tunnel with cloudflared, which has to be on PATH. */
export const openCloudflared: OpenTunnel = (localUrl) => openAgent(cloudflared, localUrl);

/**
 * Opens a tunnel with any executable: it is given the local address as its one word, prints the public one, and goes on
 * until it gets SIGTERM.
 */
export function openExecutable(executable: string): OpenTunnel {
  return (localUrl) =>
    openAgent(
      {
        executable,
        words: (url) => [url],
        address: /https?:\/\/[^\s"'<>]+/,
        warnings: [],
        cure: `Check that ${executable} can be run, takes an address such as ${localUrl} as its word, and prints the https address under which that can be reached.`,
      },
      localUrl,
    );
}

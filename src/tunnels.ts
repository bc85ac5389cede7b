/** Tunnels, joined here as app.ts joins a gateway: commands reach them through this file only. */
import { openCloudflared, openExecutable } from './adapters/tunnel/agents.ts';
import { openNgrok } from './adapters/tunnel/ngrok.ts';
import type { OpenTunnel } from './adapters/tunnel/tunnel.ts';
import { openTunnelDoor } from './adapters/tunnel/tunnel-door.ts';
import { announceTunnel } from './adapters/tunnel/tunnel-file.ts';
import { createLifetime } from './runtime/lifetime.ts';

/** A gateway that can be reached from outside. */
export type PublicGateway = {
  /** Its public address, without a slash at its end. */
  url: string;
  warnings: readonly string[];
  /** Resolves, with the reason as a sentence, when the tunnel ends by itself. */
  ended: Promise<string>;
  close(): Promise<void>;
};

/** What a tunnel is opened with. */
export type TunnelOptions = {
  /** `ngrok`, `cloudflared`, or an executable that prints the address. */
  agent: string;
  /** Where the gateway listens for webhooks on this machine. */
  gatewayUrl: string;
  databaseFile: string;
  ngrok: { authtoken: string | null; domain: string | null };
};

/**
 * Makes the webhook address of a gateway public, and nothing else of it, and tells the gateway under which address.
 *
 * @throws StartError when no tunnel opens, with the cure
 */
export async function makePublic(options: TunnelOptions): Promise<PublicGateway> {
  const { agent, gatewayUrl, databaseFile, ngrok } = options;
  const lifetime = createLifetime();
  try {
    const door = await openTunnelDoor(gatewayUrl);
    lifetime.opened(() => door.close());
    const tunnel = await openerOf(agent, ngrok)(door.url);
    lifetime.opened(() => tunnel.close());
    const announced = announceTunnel(databaseFile, tunnel.url);
    lifetime.opened(() => announced.close());
    const { url, warnings, ended } = tunnel;
    return { url, warnings, ended, close: () => lifetime.close() };
  } catch (failure) {
    await lifetime.close();
    throw failure;
  }
}

function openerOf(agent: string, ngrok: TunnelOptions['ngrok']): OpenTunnel {
  if (agent === 'ngrok') return openNgrok(ngrok);
  return agent === 'cloudflared' ? openCloudflared : openExecutable(agent);
}

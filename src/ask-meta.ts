/**
 * What Meta can be asked before there is a gateway, joined here as app.ts joins a gateway: commands reach the Graph
 * API through this file only, and through it they change nothing.
 */
import { createGraphApi } from './adapters/graph-api/graph-api.ts';
import { type KnownOfMeta, lookAround, type Surroundings } from './flows/setup/look-around.ts';

export type { KnownOfMeta, Surroundings, VisiblePhone } from './flows/setup/look-around.ts';

/** How long somebody at a terminal waits for one answer, in milliseconds. */
const CONNECT_TIMEOUT = 5_000;

/** Asks Meta, or a simulator, what an access token is and can see. Never throws. */
export async function lookAroundAtMeta(
  known: KnownOfMeta & { graphUrl: string; graphVersion: string },
): Promise<Surroundings> {
  const { graphUrl, graphVersion } = known;
  const graph = createGraphApi({
    baseUrl: graphUrl,
    version: graphVersion,
    connectTimeout: CONNECT_TIMEOUT,
  });
  try {
    return await lookAround(graph.reads, known);
  } finally {
    await graph.close();
  }
}

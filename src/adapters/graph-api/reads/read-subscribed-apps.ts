import type { GraphReads } from '../../../flows/setup/graph-reads.ts';
import { readSubscribedApps } from '../../../whatsapp/graph-answers/read-subscribed-apps.ts';
import type { AskGraph } from '../ask-graph.ts';

/** `GET /{waba}/subscribed_apps` (meta-facts §7.2). */
export function createReadSubscribedApps(ask: AskGraph): GraphReads['readSubscribedApps'] {
  return ({ wabaId, accessToken }) =>
    ask({ path: `${encodeURIComponent(wabaId)}/subscribed_apps`, accessToken }, readSubscribedApps);
}

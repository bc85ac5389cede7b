import type { GraphReads } from '../../../flows/setup/graph-reads.ts';
import { readAppSubscription } from '../../../whatsapp/graph-answers/read-app-subscription.ts';
import type { AskGraph } from '../ask-graph.ts';

/** `GET /{app-id}/subscriptions`, with the app's own token (meta-facts §7.2). */
export function createReadAppSubscription(ask: AskGraph): GraphReads['readAppSubscription'] {
  return ({ appId, appSecret }) =>
    ask(
      {
        path: `${encodeURIComponent(appId)}/subscriptions`,
        accessToken: `${appId}|${appSecret}`,
        secrets: [appSecret],
      },
      readAppSubscription,
    );
}

import type { GraphReads } from '../../../flows/setup/graph-reads.ts';
import { readTokenFacts } from '../../../whatsapp/graph-answers/read-token-facts.ts';
import type { AskGraph } from '../ask-graph.ts';

/** `GET /debug_token?input_token=…` (meta-facts §7.2). */
export function createReadToken(ask: AskGraph): GraphReads['readToken'] {
  return ({ token, asker }) =>
    ask(
      { path: 'debug_token', query: { input_token: token }, accessToken: asker, secrets: [token] },
      readTokenFacts,
    );
}

import type { GraphReads } from '../../../flows/setup/graph-reads.ts';
import type { AskGraph } from '../ask-graph.ts';

/** Asks something for which every caller is refused, which is answer enough: Meta is there, and has a clock. */
export function createReach(ask: AskGraph): GraphReads['reach'] {
  return () => ask({ path: 'debug_token', accessToken: null }, () => null);
}

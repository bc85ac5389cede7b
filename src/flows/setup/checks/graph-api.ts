import { installationCheck } from '../check.ts';
import { judged } from './reading.ts';

/** Meta's Graph API answers where META_GRAPH_URL leads. */
export const checkGraphApi = installationCheck({
  name: 'graph-api',
  continuous: true,
  gather: ({ graph }) => graph.reach(),
  judge: (reading, { installation: { graphUrl: url } }) =>
    reading.got === 'nothing'
      ? judged('graph-unreachable', { url, reason: reading.reason }, [reading])
      : judged('graph-reached', { url }, [reading]),
});

import type { GraphReads } from '../../flows/setup/graph-reads.ts';
import type { AskGraph } from './ask-graph.ts';
import { createReach } from './reads/reach.ts';
import { createReadAccountPhones } from './reads/read-account-phones.ts';
import { createReadAppSubscription } from './reads/read-app-subscription.ts';
import { createReadPhone } from './reads/read-phone.ts';
import { createReadSubscribedApps } from './reads/read-subscribed-apps.ts';
import { createReadTemplates } from './reads/read-templates.ts';
import { createReadToken } from './reads/read-token.ts';

/** Every read of Meta's books, one file each. */
export function createGraphReads(ask: AskGraph): GraphReads {
  return {
    reach: createReach(ask),
    readToken: createReadToken(ask),
    readAppSubscription: createReadAppSubscription(ask),
    readPhone: createReadPhone(ask),
    readAccountPhones: createReadAccountPhones(ask),
    readSubscribedApps: createReadSubscribedApps(ask),
    readTemplates: createReadTemplates(ask),
  };
}

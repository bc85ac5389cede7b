import type { GraphReads } from '../../../flows/setup/graph-reads.ts';
import { phoneFactsFields, readPhoneFacts } from '../../../whatsapp/graph-answers/read-phone-facts.ts';
import type { AskGraph } from '../ask-graph.ts';

/** `GET /{phone-number-id}?fields=…` (meta-facts §7.2). */
export function createReadPhone(ask: AskGraph): GraphReads['readPhone'] {
  return ({ phoneNumberId, accessToken }) =>
    ask(
      { path: encodeURIComponent(phoneNumberId), query: { fields: phoneFactsFields }, accessToken },
      readPhoneFacts,
    );
}

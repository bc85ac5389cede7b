import type { GraphReading, GraphReads } from '../../../flows/setup/graph-reads.ts';
import { readAccountPhones } from '../../../whatsapp/graph-answers/read-account-phones.ts';
import type { PhoneFacts } from '../../../whatsapp/graph-answers/read-phone-facts.ts';
import type { AskGraph } from '../ask-graph.ts';

/** An account has at most 20 numbers, or a few hundred of a large business (meta-facts §6): no list is endless. */
const MOST_PAGES = 10;

const fields = 'id,display_phone_number,verified_name';

/** `GET /{waba}/phone_numbers`, page after page (meta-facts §7.2). */
export function createReadAccountPhones(ask: AskGraph): GraphReads['readAccountPhones'] {
  return async ({ wabaId, accessToken }) => {
    const path = `${encodeURIComponent(wabaId)}/phone_numbers`;
    const found: PhoneFacts[] = [];
    let after: string | null = null;
    for (let page = 1; ; page += 1) {
      const query: Record<string, string> = {
        fields,
        limit: '100',
        ...(after === null ? {} : { after }),
      };
      const reading: GraphReading<{ phones: PhoneFacts[]; after: string | null }> = await ask(
        { path, query, accessToken },
        readAccountPhones,
      );
      if (reading.got !== 'value') return reading;
      found.push(...reading.value.phones);
      after = reading.value.after;
      if (after === null || page === MOST_PAGES) return { ...reading, value: found };
    }
  };
}

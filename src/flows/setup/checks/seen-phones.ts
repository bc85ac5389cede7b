import type { PhoneFacts } from '../../../whatsapp/graph-answers/read-phone-facts.ts';
import type { Installation, PhoneUnderTest } from '../check.ts';
import type { GraphReads } from '../graph-reads.ts';
import { askToken, tokenFactsIn } from './ask-token.ts';

/** A business phone that a token sees. */
export type SeenPhone = Pick<PhoneFacts, 'id' | 'displayPhoneNumber' | 'verifiedName'> & { wabaId: string };

/** A token may be narrowed to many accounts; the first ones are enough for a hint. */
const MOST_ACCOUNTS = 5;

/** The business phones that a phone's token sees: of the account that is configured, and of those it is narrowed to. */
export async function askSeenPhones(
  graph: GraphReads,
  phone: PhoneUnderTest,
  installation: Installation,
): Promise<SeenPhone[]> {
  const { accessToken } = phone;
  if (accessToken === null) return [];
  const targets = tokenFactsIn(await askToken(graph, phone, installation))?.targets ?? {};
  const narrowed = targets['whatsapp_business_management'] ?? [];
  const accounts = [...new Set([...(phone.wabaId === null ? [] : [phone.wabaId]), ...narrowed])];
  const seen = await Promise.all(
    accounts.slice(0, MOST_ACCOUNTS).map(async (wabaId) => {
      const reading = await graph.readAccountPhones({ wabaId, accessToken });
      return reading.got === 'value' ? reading.value.map((one) => ({ ...one, wabaId })) : [];
    }),
  );
  return seen.flat();
}

/** The phones in a sentence. */
export function seenInWords(seen: readonly Omit<SeenPhone, 'wabaId'>[]): string {
  const each = seen.map(
    ({ id, displayPhoneNumber, verifiedName }) => `${id} (+${displayPhoneNumber}, “${verifiedName}”)`,
  );
  return each.length === 0 ? '–' : each.join('; ');
}

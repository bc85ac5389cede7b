import type { PhoneFacts } from '../../../whatsapp/graph-answers/read-phone-facts.ts';
import { type Check, type Judgement, type PhoneUnderTest, phoneCheck } from '../check.ts';
import type { DoctorPorts } from '../doctor-ports.ts';
import type { GraphReading, GraphReads } from '../graph-reads.ts';
import { judged, silenceOf } from './reading.ts';

/** What Meta says of a business phone; null for one without a token to ask with. */
export async function askPhone(
  graph: Pick<GraphReads, 'readPhone'>,
  { id, accessToken }: PhoneUnderTest,
): Promise<GraphReading<PhoneFacts> | null> {
  return accessToken === null ? null : graph.readPhone({ phoneNumberId: id, accessToken });
}

/** The business phone in a reading; null when it is none. */
export function phoneOf(reading: GraphReading<PhoneFacts>): PhoneFacts | null {
  return reading.got === 'value' && reading.value.displayPhoneNumber !== null ? reading.value : null;
}

/** A check that looks at what Meta says of a business phone, and at nothing else. */
export function phoneFactsCheck(
  definition: Pick<Check, 'name' | 'needs'> & { judge(facts: PhoneFacts): Judgement },
): Check {
  return phoneCheck({
    ...definition,
    continuous: true,
    gather: ({ graph }: DoctorPorts, phone) => askPhone(graph, phone),
    judge(reading) {
      if (reading === null) return judged('setting-missing', { setting: 'META_ACCESS_TOKEN' });
      if (reading.got !== 'value') {
        return silenceOf(reading) ?? judged('check-failed', { reason: 'nothing to judge' });
      }
      const { reason, facts } = definition.judge(reading.value);
      return judged(reason, { number: reading.value.displayPhoneNumber ?? '?', ...facts }, [reading]);
    },
  });
}

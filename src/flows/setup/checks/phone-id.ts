import type { PhoneFacts } from '../../../whatsapp/graph-answers/read-phone-facts.ts';
import { type Judgement, type PhoneUnderTest, phoneCheck } from '../check.ts';
import type { GraphReading } from '../graph-reads.ts';
import { askPhone, phoneOf } from './ask-phone.ts';
import { isRefusal, judged, silenceOf } from './reading.ts';
import { askSeenPhones, type SeenPhone, seenInWords } from './seen-phones.ts';

/** META_PHONE_NUMBER_ID is the id of a business phone that the token sees. */
export const checkPhoneId = phoneCheck({
  name: 'phone-id',
  needs: ['token'],
  continuous: true,
  async gather({ graph }, phone, installation) {
    const reading = await askPhone(graph, phone);
    const known = reading === null || phoneOf(reading) !== null;
    return { reading, seen: known ? [] : await askSeenPhones(graph, phone, installation) };
  },
  judge: ({ reading, seen }, phone) =>
    reading === null
      ? judged('setting-missing', { setting: 'META_ACCESS_TOKEN' })
      : judgePhoneId(reading, seen, phone),
});

function judgePhoneId(
  reading: GraphReading<PhoneFacts>,
  seen: readonly SeenPhone[],
  phone: PhoneUnderTest,
): Judgement {
  const found = phoneOf(reading);
  if (found !== null) {
    const { displayPhoneNumber: number, verifiedName: name } = found;
    return judged('phone-id-good', { number: number ?? '?', name: name ?? '?' }, [reading]);
  }
  const [only, ...others] = seen;
  const guess = only !== undefined && others.length === 0 ? only.id : null;
  const facts = { seen: seenInWords(seen), id: guess ?? '<phone number id>' };
  const dialled = seen.find(({ displayPhoneNumber }) => displayPhoneNumber === phone.id.replace(/\D/g, ''));
  if (dialled !== undefined) {
    return judged('phone-id-is-a-number', { ...facts, id: dialled.id ?? '?' }, [reading]);
  }
  if (reading.got === 'value') return judged('phone-id-of-something-else', facts, [reading]);
  if (!isRefusal(reading)) return silenceOf(reading) ?? judged('phone-id-unknown', facts, [reading]);
  // Meta knows the object, and it has no such fields (code 100 without the subcode of a missing object).
  const isOther = reading.error.code === 100 && /nonexisting field/i.test(reading.error.message);
  return judged(isOther ? 'phone-id-of-something-else' : 'phone-id-unknown', facts, [reading]);
}

import { phoneCheck } from '../check.ts';
import { askPhone, phoneOf } from './ask-phone.ts';
import { errorFacts, isRefusal, judged, silenceOf } from './reading.ts';
import { seenInWords } from './seen-phones.ts';

/** The business phone belongs to the WhatsApp Business Account that is configured for it. */
export const checkWhatsappAccount = phoneCheck({
  name: 'whatsapp-account',
  needs: ['token', 'phone-id'],
  continuous: true,
  async gather({ graph }, phone) {
    const { accessToken, wabaId } = phone;
    const own = await askPhone(graph, phone);
    // Its health names the account to which a number belongs, whatever is configured.
    const entities = (own === null ? null : phoneOf(own))?.health.entities ?? [];
    const told = entities.find(({ type }) => type === 'WABA')?.id ?? null;
    const reading =
      accessToken === null || wabaId === null ? null : await graph.readAccountPhones({ wabaId, accessToken });
    return { own, told, reading };
  },
  judge({ own, told, reading }, { id, wabaId, accessToken }) {
    if (accessToken === null) return judged('setting-missing', { setting: 'META_ACCESS_TOKEN' });
    const right = told ?? '<WhatsApp Business Account ID>';
    if (wabaId === null || reading === null) {
      return judged('account-missing', { id: right }, own === null ? [] : [own]);
    }
    const facts = { waba: wabaId, id: right };
    if (isRefusal(reading)) {
      return judged('account-out-of-reach', { ...facts, ...errorFacts(reading) }, [reading]);
    }
    if (reading.got !== 'value') return silenceOf(reading) ?? judged('account-good', facts, [reading]);
    const belongs = reading.value.some((phone) => phone.id === id);
    return belongs
      ? judged('account-good', facts, [reading])
      : judged('account-of-another', { ...facts, seen: seenInWords(reading.value) }, [reading]);
  },
});

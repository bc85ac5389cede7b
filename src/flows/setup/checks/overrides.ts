import { type Installation, phoneCheck } from '../check.ts';
import { sameAddress } from './app-subscription.ts';
import { askPhone, phoneOf } from './ask-phone.ts';
import { judged, silenceOf } from './reading.ts';

/** No override of the phone or its account leads webhooks elsewhere; phone before account before app (meta-facts §7.2). */
export const checkOverrides = phoneCheck({
  name: 'overrides',
  needs: ['phone-id'],
  continuous: true,
  gather: ({ graph }, phone) => askPhone(graph, phone),
  judge(reading, { wabaId }, installation) {
    if (reading === null) return judged('setting-missing', { setting: 'META_ACCESS_TOKEN' });
    const phone = phoneOf(reading);
    if (phone === null) return silenceOf(reading) ?? judged('registered-untold');
    const facts = { ours: installation.webhookUrl, waba: wabaId ?? '?' };
    const { phone: ofPhone, account: ofAccount } = phone.callbacks;
    if (leadsElsewhere(ofPhone, installation)) {
      return judged('override-of-phone', { ...facts, callback: ofPhone ?? '' }, [reading]);
    }
    if (ofPhone === null && leadsElsewhere(ofAccount, installation)) {
      return judged('override-of-account', { ...facts, callback: ofAccount ?? '' }, [reading]);
    }
    return judged('overrides-good', facts, [reading]);
  },
});

function leadsElsewhere(callback: string | null, { webhookUrl }: Installation): boolean {
  return callback !== null && !sameAddress(callback, webhookUrl);
}

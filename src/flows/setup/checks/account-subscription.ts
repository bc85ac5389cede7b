import { phoneCheck } from '../check.ts';
import { appIdIn, askToken } from './ask-token.ts';
import { judged, silenceOf } from './reading.ts';

/** The app is told of the WhatsApp Business Account: forgetting this is the commonest reason for silence (meta-facts §2.5). */
export const checkAccountSubscription = phoneCheck({
  name: 'account-subscription',
  needs: ['whatsapp-account'],
  continuous: true,
  async gather({ graph }, phone, installation) {
    const { wabaId, accessToken } = phone;
    if (wabaId === null || accessToken === null) return null;
    const appId = appIdIn(await askToken(graph, phone, installation), installation);
    return { appId, waba: wabaId, reading: await graph.readSubscribedApps({ wabaId, accessToken }) };
  },
  judge(evidence) {
    if (evidence === null) return judged('setting-missing', { setting: 'META_WABA_ID' });
    const { appId, waba, reading } = evidence;
    if (appId === null) return judged('app-unknown');
    if (reading.got !== 'value') return silenceOf(reading) ?? judged('app-unknown');
    const others = reading.value.filter(({ id }) => id !== appId).map(({ id, name }) => `${id} (“${name}”)`);
    const facts = { appId, waba, others: others.length === 0 ? '–' : others.join(', ') };
    const subscribed = reading.value.some(({ id }) => id === appId);
    return judged(subscribed ? 'account-subscribed' : 'account-not-subscribed', facts, [reading]);
  },
});

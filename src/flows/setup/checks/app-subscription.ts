import type { AppSubscriptionFacts } from '../../../whatsapp/graph-answers/read-app-subscription.ts';
import { type Installation, type Judgement, phoneCheck } from '../check.ts';
import type { RefusedHandshake } from '../doctor-ports.ts';
import { appIdIn, askToken } from './ask-token.ts';
import { judged, momentOf, silenceOf } from './reading.ts';

/** A handshake that was refused longer ago than this has nothing to do with today, in milliseconds. */
const RECENT = 24 * 60 * 60_000;

/** The app has a webhook for WhatsApp that leads here, is active, and has `messages` ticked (meta-facts §3, §7.2). */
export const checkAppSubscription = phoneCheck({
  name: 'app-subscription',
  needs: ['app-secret'],
  continuous: true,
  async gather({ graph, refusedHandshake, now }, phone, installation) {
    const appId = appIdIn(await askToken(graph, phone, installation), installation);
    if (appId === null) return null;
    const readings = await Promise.all(
      phone.appSecrets.map((appSecret) => graph.readAppSubscription({ appId, appSecret })),
    );
    const reading = readings.find(({ got }) => got === 'value') ?? readings[0];
    const refused = refusedHandshake();
    const recent = refused !== null && now() - refused.at < RECENT ? refused : null;
    return reading === undefined ? null : { appId, reading, refused: recent };
  },
  judge(evidence, _phone, installation) {
    if (evidence === null) return judged('app-unknown');
    const { appId, reading, refused } = evidence;
    if (reading.got !== 'value') return silenceOf(reading) ?? judged('app-unknown');
    const { reason, facts } = judgeSubscription(reading.value.subscription, refused, installation);
    return judged(reason, { appId, ours: installation.webhookUrl, ...facts }, [reading]);
  },
});

function judgeSubscription(
  subscription: AppSubscriptionFacts | null,
  refused: RefusedHandshake | null,
  { webhookUrl }: Installation,
): Judgement {
  if (subscription === null || subscription.callbackUrl === null) {
    return refused === null
      ? judged('app-not-subscribed')
      : judged('verify-token-differs', { at: momentOf(refused.at), difference: refused.sentence });
  }
  const { callbackUrl: callback, active, fields } = subscription;
  const facts = {
    callback,
    fields: fields.length === 0 ? '–' : fields.join(', '),
    further: String(fields.length - 1),
  };
  if (!sameAddress(callback, webhookUrl)) return judged('callback-elsewhere', facts);
  if (!active) return judged('subscription-inactive', facts);
  return judged(fields.includes('messages') ? 'subscription-good' : 'messages-not-ticked', facts);
}

/** Whether two addresses are one to Recado, which answers with and without the slash at the end. */
export function sameAddress(one: string, other: string): boolean {
  return one.replace(/\/+$/, '') === other.replace(/\/+$/, '');
}

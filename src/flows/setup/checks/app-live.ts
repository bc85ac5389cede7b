import { phoneCheck } from '../check.ts';
import { appIdIn, askToken } from './ask-token.ts';
import { judged, momentOf } from './reading.ts';

/** How long Meta may be silent about a message that it accepted, in milliseconds; a status usually takes seconds. */
const PATIENCE = 10 * 60_000;

/**
 * The app is in Live mode. No call of Meta's tells (meta-facts §7.2), so a real webhook is the proof; and silence about
 * an accepted message leaves no other reason only where Meta knows whom to call, and the way here holds. So it stands
 * after the way.
 */
export const checkAppLive = phoneCheck({
  name: 'app-live',
  needs: ['registered', 'app-subscription', 'account-subscription', 'overrides', 'unaltered'],
  continuous: true,
  gather: async ({ graph, heard, now }, phone, installation) => ({
    appId: appIdIn(await askToken(graph, phone, installation), installation),
    heard: await heard(phone.id),
    now: now(),
  }),
  judge({ appId, heard, now }) {
    const facts = { appId: appId ?? '?' };
    const { lastWebhookAt, silentSince } = heard;
    const silent = silentSince !== null && now - silentSince >= PATIENCE;
    if (silent && (lastWebhookAt === null || lastWebhookAt < silentSince)) {
      return judged('app-not-live', { ...facts, at: momentOf(silentSince) });
    }
    return lastWebhookAt === null
      ? judged('app-mode-untold', facts)
      : judged('app-heard', { ...facts, at: momentOf(lastWebhookAt) });
  },
});

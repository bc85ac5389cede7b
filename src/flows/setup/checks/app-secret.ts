import { phoneCheck } from '../check.ts';
import { appIdIn, askToken } from './ask-token.ts';
import { isRefusal, judged, silenceOf } from './reading.ts';

/** An app secret that is configured belongs to the app of the token: only with it does Meta's signature match. */
export const checkAppSecret = phoneCheck({
  name: 'app-secret',
  needs: ['graph-api', 'token'],
  continuous: true,
  async gather({ graph }, phone, installation) {
    const appId = appIdIn(await askToken(graph, phone, installation), installation);
    if (appId === null) return { appId, readings: [] };
    const readings = await Promise.all(
      phone.appSecrets.map((appSecret) => graph.readAppSubscription({ appId, appSecret })),
    );
    return { appId, readings };
  },
  judge({ appId, readings }, phone) {
    if (phone.appSecrets.length === 0) return judged('setting-missing', { setting: 'META_APP_SECRET' });
    if (appId === null) return judged('app-unknown');
    if (readings.some(({ got }) => got === 'value')) return judged('app-secret-good', { appId }, readings);
    const silent = readings.find((reading) => !isRefusal(reading));
    return (
      (silent === undefined ? null : silenceOf(silent, readings)) ??
      judged('app-secret-of-another-app', { appId }, readings)
    );
  },
});

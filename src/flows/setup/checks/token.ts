import type { TokenFacts } from '../../../whatsapp/graph-answers/read-token-facts.ts';
import { type Installation, type Judgement, type PhoneUnderTest, phoneCheck } from '../check.ts';
import { appIdIn, askToken, type TokenReadings, tokenFactsIn } from './ask-token.ts';
import { errorFacts, isRefusal, judged, momentOf, silenceOf, withoutFullStop } from './reading.ts';

/** What sending and receiving need (meta-facts §7.2). */
const scopes = ['whatsapp_business_messaging', 'whatsapp_business_management'];

/** A token that ends sooner than this is told of, in milliseconds. */
const SOON = 7 * 24 * 60 * 60_000;

/** The access token: its kind, its end, its permissions, its app. */
export const checkToken = phoneCheck({
  name: 'token',
  needs: ['graph-api'],
  continuous: true,
  gather: async ({ graph, now }, phone, installation) => ({
    readings: await askToken(graph, phone, installation),
    now: now(),
  }),
  judge: ({ readings, now }, phone, installation) => judgeToken(readings, now, phone, installation),
});

function judgeToken(
  readings: TokenReadings,
  now: number,
  phone: PhoneUnderTest,
  installation: Installation,
): Judgement {
  const last = readings.at(-1);
  if (last === undefined) return judged('setting-missing', { setting: 'META_ACCESS_TOKEN' });
  const appId = appIdIn(readings, installation) ?? '?';
  const token = tokenFactsIn(readings);
  if (token !== null) return judgeFacts(token, now, readings, phone, installation);
  if (!isRefusal(last)) return silenceOf(last, readings) ?? judged('token-unexamined', {}, readings);
  // Meta looks at the token first: this number means the token, whoever asked.
  if (last.error.code === 190) return judged('token-refused', { ...errorFacts(last), appId }, readings);
  return installation.appId === null
    ? judged('token-unexamined', {}, readings)
    : judged('meta-will-not-say', errorFacts(last), readings);
}

function judgeFacts(
  token: TokenFacts,
  now: number,
  readings: TokenReadings,
  phone: PhoneUnderTest,
  installation: Installation,
): Judgement {
  const { expiresAt } = token;
  const ends = typeof expiresAt === 'number' ? expiresAt : null;
  const missing = scopes.filter((scope) => !token.scopes.includes(scope));
  const facts = {
    appId: token.appId ?? installation.appId ?? '?',
    configured: installation.appId ?? '–',
    type: token.type ?? '?',
    until: ends === null ? (expiresAt === 'never' ? '∞' : '?') : momentOf(ends),
    scopes: missing.join(', '),
    message: token.problem === null ? '–' : withoutFullStop(token.problem),
  };
  if (ends !== null && ends <= now) return judged('token-expired', facts, readings);
  if (!token.valid) return judged('token-refused', facts, readings);
  if (phone.origin === 'environment' && token.appId !== null && installation.appId !== null) {
    if (token.appId !== installation.appId) return judged('token-app-differs', facts, readings);
  }
  if (token.type !== null && token.type !== 'SYSTEM_USER') return judged('token-kind-wrong', facts, readings);
  if (missing.length > 0) return judged('token-scope-missing', facts, readings);
  if (ends !== null && ends - now < SOON) return judged('token-expires-soon', facts, readings);
  return judged(ends === null ? 'token-good' : 'token-good-until', facts, readings);
}

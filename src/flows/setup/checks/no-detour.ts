import { installationCheck, type Judgement, type Situation } from '../check.ts';
import type { DoorAnswer } from '../public-door.ts';
import { doorFacts, shakeHands } from './door-evidence.ts';
import { judged } from './reading.ts';

/** Recado itself answers at both spellings of the path: no redirect, no login, no page of somebody else’s. */
export const checkNoDetour = installationCheck({
  name: 'no-detour',
  needs: ['tls'],
  continuous: true,
  async gather(ports, { installation: { webhookUrl, verifyToken } }) {
    const bare = webhookUrl.replace(/\/+$/, '');
    const spellings = [`${bare}/`, bare];
    return ports.quietly(() =>
      Promise.all(
        spellings.map(async (address) => ({
          address,
          answer: (await shakeHands(ports, address, verifyToken ?? 'recado')).answer,
        })),
      ),
    );
  },
  judge(answers, situation) {
    const calls = answers.map(({ answer }) => answer);
    for (const { address, answer } of answers) {
      const found = detourIn(answer, situation);
      const path = new URL(address).pathname;
      if (found !== null)
        return judged(found.reason, { ...doorFacts(situation), ...found.facts, path }, calls);
    }
    return judged('no-detour-good', {}, calls);
  },
});

/** Who answers in place of Recado; null when nobody does. */
function detourIn(answer: DoorAnswer, { installation }: Situation): Judgement | null {
  if (answer.got === 'nothing') return judged('door-unanswered', { code: answer.code });
  const { status, headers } = answer;
  const facts = { status: String(status), listens: installation.listensAt };
  if (status >= 300 && status < 400) {
    return judged('redirected', { ...facts, location: headers['location'] ?? '?' });
  }
  if (status === 401 || status === 407 || headers['www-authenticate'] !== undefined) {
    return judged('login-in-front', facts);
  }
  if (status === 502 || status === 503 || status === 504) return judged('gateway-unreached', facts);
  const text = Buffer.from(answer.body).toString('utf8');
  const html =
    headers['content-type']?.startsWith('text/html') === true || /^\s*<(!doctype|html)/i.test(text);
  if (html && status !== 404) {
    const title = /<title>([^<]{1,80})<\/title>/i.exec(text)?.[1]?.trim();
    return judged('interstitial', { ...facts, title: title === undefined ? '' : `, “${title}”` });
  }
  return status === 404 ? judged('path-not-forwarded', facts) : null;
}

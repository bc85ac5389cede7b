import { installationCheck } from '../check.ts';
import { bytesInWords, doorFacts, shakeHands } from './door-evidence.ts';
import { judged } from './reading.ts';

/** The handshake works from outside: the challenge comes back byte for byte, and a wrong token is refused (meta-facts §1). */
export const checkChallenge = installationCheck({
  name: 'challenge',
  needs: ['configuration', 'no-detour'],
  continuous: true,
  async gather(ports, { installation: { webhookUrl, verifyToken } }) {
    if (verifyToken === null) return null;
    return ports.quietly(async () => ({
      right: await shakeHands(ports, webhookUrl, verifyToken),
      wrong: await shakeHands(ports, webhookUrl, 'recado-a-wrong-verify-token'),
    }));
  },
  judge(handshakes, situation) {
    if (handshakes === null) return judged('setting-missing', { setting: 'META_WEBHOOK_VERIFY_TOKEN' });
    const { right, wrong } = handshakes;
    const calls = [right.answer, wrong.answer];
    const facts = doorFacts(situation);
    for (const { answer } of [right, wrong]) {
      if (answer.got === 'nothing') return judged('door-unanswered', { ...facts, code: answer.code }, calls);
    }
    if (right.answer.got === 'answer' && right.answer.status !== 200) {
      return judged('challenge-refused', { ...facts, status: String(right.answer.status) }, calls);
    }
    if (right.answer.got === 'answer' && !Buffer.from(right.challenge).equals(right.answer.body)) {
      const altered = {
        sent: bytesInWords(Buffer.from(right.challenge)),
        found: bytesInWords(right.answer.body),
      };
      return judged('challenge-altered', { ...facts, ...altered }, calls);
    }
    if (wrong.answer.got === 'answer' && wrong.answer.status === 200) {
      return judged('wrong-token-accepted', facts, calls);
    }
    return judged('challenge-good', facts, calls);
  },
});

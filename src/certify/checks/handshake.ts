import { answered, type Check, type RunFacts } from '../check.ts';
import type { Answer } from '../receiver.ts';

/** Meta's GET, when a callback URL or its token is set or edited (meta-facts §1). */
export const handshakeChecks: readonly Check[] = [
  {
    id: 'handshake-challenge',
    group: 'handshake',
    title: 'The challenge comes back byte for byte, with 200',
    why: 'Meta accepts a callback URL only when the answer is 200 and holds exactly hub.challenge: no quotes, no JSON, no page around it.',
    cure: 'Answer the value of `hub.challenge` itself as text/plain. In PHP the parameter is called `hub_challenge`; other frameworks may nest it: read the raw query.',
    async run(receiver, facts) {
      const challenges = ['1158201444', '0042', `c${facts.unique}-._~ é`];
      const findings: string[] = [];
      for (const challenge of challenges) {
        const answer = await receiver.shakeHands(handshake(facts, challenge));
        if (answer.status !== 200) findings.push(`The challenge "${challenge}" ${answered(answer)}.`);
        else if (answer.body !== challenge) {
          findings.push(`To the challenge "${challenge}" came ${JSON.stringify(answer.body.slice(0, 80))}.`);
        }
      }
      return findings;
    },
  },
  {
    id: 'handshake-wrong-token',
    group: 'handshake',
    title: 'A wrong verify token is refused',
    why: 'The token is the only proof that the handshake belongs to your app. Who may set any token can point another app at your receiver.',
    cure: 'Compare `hub.verify_token` with your own, and answer 403 when it differs, is empty or is missing.',
    async run(receiver, facts) {
      const right = handshake(facts, '1158201444');
      const { 'hub.verify_token': _, ...without } = right;
      return [
        ...refusal(
          await receiver.shakeHands({ ...right, 'hub.verify_token': `${facts.verifyToken}x` }),
          'A wrong token',
        ),
        ...refusal(await receiver.shakeHands({ ...right, 'hub.verify_token': '' }), 'An empty token'),
        ...refusal(await receiver.shakeHands(without), 'A missing token'),
      ];
    },
  },
  {
    id: 'handshake-no-page',
    group: 'handshake',
    title: 'The challenge is not served as a page',
    why: 'The challenge is a stranger’s text. Served as HTML it runs as a script in the browser of whoever follows a prepared link and knows the token.',
    cure: 'Set the content type of the answer to text/plain.',
    advice: true,
    async run(receiver, facts) {
      const answer = await receiver.shakeHands(handshake(facts, '<b>1</b>'));
      const isPage = answer.contentType?.toLowerCase().startsWith('text/html') === true;
      return isPage && answer.body.includes('<b>1</b>')
        ? [`"<b>1</b>" came back unescaped as ${answer.contentType}.`]
        : [];
    },
  },
];

function handshake({ verifyToken }: RunFacts, challenge: string) {
  return { 'hub.mode': 'subscribe', 'hub.challenge': challenge, 'hub.verify_token': verifyToken };
}

/** Anything but 200 refuses here (meta-facts §1). */
function refusal(answer: Answer, what: string): string[] {
  return answer.status === null || answer.status === 200
    ? [`${what} ${answered(answer)}; 403 was expected.`]
    : [];
}

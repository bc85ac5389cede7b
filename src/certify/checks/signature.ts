import { createHmac } from 'node:crypto';
import { escapedJson, textBody } from '../bodies.ts';
import { type Check, notRefused, notTaken } from '../check.ts';

/** The id of the check on which all later ones depend. */
export const RIGHT_SIGNATURE = 'signature-right';

/** Whether the receiver believes Meta, and nobody else (meta-facts §2.2). */
export const signatureChecks: readonly Check[] = [
  {
    id: RIGHT_SIGNATURE,
    group: 'signature',
    title: 'A body with the right signature is taken',
    why: 'What is not answered 200 is sent again for days, and lost in the end.',
    cure: 'Compute HMAC-SHA256 over the bytes as they came, with the app secret of the Meta app (not the access token, not the verify token), and compare it with what follows `sha256=`. If --secret was wrong, give the one that the receiver knows.',
    run: async (receiver, facts) =>
      notTaken(
        await receiver.deliver(JSON.stringify(textBody(facts, 'first', 'Olá'))),
        'A signed text message',
      ),
  },
  {
    id: 'signature-raw-bytes',
    group: 'signature',
    title: 'The signature is checked over the bytes as they came',
    why: 'Meta may write the same JSON in other bytes: spaces, \\u escapes, escaped slashes. Who parses and serialises again before checking refuses genuine webhooks.',
    cure: 'Keep the raw body (`express.raw`, `await request.text()`, `request.body` in Django) and check that, before any JSON parser.',
    async run(receiver, facts) {
      const words = 'João às 15h 👍🏽 https://example.com/a';
      const spaced = `${JSON.stringify(textBody(facts, 'spaced', words), null, 2)}\n`;
      return [
        ...notTaken(await receiver.deliver(spaced), 'A body with line breaks'),
        ...notTaken(
          await receiver.deliver(escapedJson(textBody(facts, 'escaped', words))),
          'A body with \\u escapes',
        ),
        ...notTaken(
          await receiver.deliver(JSON.stringify(textBody(facts, 'utf8', words))),
          'The same in raw UTF-8',
        ),
      ];
    },
  },
  {
    id: 'signature-missing',
    group: 'signature',
    title: 'A body without a signature is refused',
    why: 'The address is no secret. Whoever finds it can write messages into your system in anybody’s name.',
    cure: 'Answer 401 when `X-Hub-Signature-256` is missing, before anything else is done with the body.',
    async run(receiver, facts) {
      const body = Buffer.from(JSON.stringify(textBody(facts, 'unsigned', 'I am not Meta')));
      return [
        ...notRefused(await receiver.post(body, {}), 'A body without a signature'),
        ...notRefused(await receiver.post(body, { 'x-hub-signature-256': '' }), 'An empty signature'),
      ];
    },
  },
  {
    id: 'signature-wrong',
    group: 'signature',
    title: 'A wrong signature is refused',
    why: 'A check that is not made, or made against an empty secret, lets everybody in.',
    cure: 'Compare in constant time, and answer 401 when it differs. Refuse to start without an app secret.',
    async run(receiver, facts) {
      const body = Buffer.from(JSON.stringify(textBody(facts, 'forged', 'I am not Meta')));
      const sha1 = createHmac('sha1', 'guess').update(body).digest('hex');
      const forgeries: [string, Record<string, string>][] = [
        ['A signature by another secret', { 'x-hub-signature-256': receiver.sign(body, 'another secret') }],
        ['A signature by an empty secret', { 'x-hub-signature-256': receiver.sign(body, '') }],
        [
          'The right digits without `sha256=`',
          { 'x-hub-signature-256': receiver.sign(body).replace('sha256=', '') },
        ],
        [
          'A shortened signature',
          { 'x-hub-signature-256': receiver.sign(body).slice(0, 'sha256='.length + 8) },
        ],
        ['The old SHA-1 header alone', { 'x-hub-signature': `sha1=${sha1}` }],
      ];
      const findings: string[] = [];
      for (const [what, headers] of forgeries) {
        findings.push(...notRefused(await receiver.post(body, headers), what));
      }
      return findings;
    },
  },
  {
    id: 'signature-changed-body',
    group: 'signature',
    title: 'A body that was changed on its way is refused',
    why: 'A signature is worth something only for the very bytes it was made of.',
    cure: 'Check the signature against the body that you then use, not against a copy that something has normalised.',
    async run(receiver, facts) {
      const body = JSON.stringify(textBody(facts, 'changed', 'Yes'));
      const signature = receiver.sign(Buffer.from(body));
      const changed = Buffer.from(body.replace('"Yes"', '"No!"'));
      return notRefused(
        await receiver.post(changed, { 'x-hub-signature-256': signature }),
        'A changed body with the signature of the original',
      );
    },
  },
];

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerChallenge, type ChallengeRefusal, challengeRefusals } from './answer-challenge.ts';

const token = 'Zt5pQ8rLm2Xw9Kc7Vb4Nf6Hj';

function query(parameters: Record<string, string>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}

function handshake(given: string, challenge = '1158201444'): string {
  return query({ 'hub.mode': 'subscribe', 'hub.challenge': challenge, 'hub.verify_token': given });
}

function refusalOf(text: string, configured: string | null = token): ChallengeRefusal | null {
  const answer = answerChallenge(text, configured);
  return answer.status === 403 ? answer.reason : null;
}

describe('answerChallenge', () => {
  it('echoes the challenge when the token is right, in any order and among other parameters', () => {
    const expected = { status: 200, challenge: '1158201444' };
    expect(answerChallenge(handshake(token), token)).toEqual(expected);
    expect(
      answerChallenge(
        `a=b&hub.verify_token=${token}&&x&hub.challenge=1158201444&a=c&hub.mode=subscribe`,
        token,
      ),
    ).toEqual(expected);
    expect(
      answerChallenge(`hub%2Emode=subscribe&hub%2Echallenge=1158201444&hub%2Everify_token=${token}`, token),
    ).toEqual(expected);
  });

  const echoes: [string, string][] = [
    ['a+b', 'a b'],
    ['a%2Bb', 'a+b'],
    ['a%20b', 'a b'],
    ['%C3%A9', '\xc3\xa9'],
    ['%ff%fe%00%0d%0a', '\xff\xfe\0\r\n'],
    ['100%', '100%'],
    ['%zz%4', '%zz%4'],
    ['a=b=c', 'a=b=c'],
    ['<script>', '<script>'],
    ['0', '0'],
    ['01158201444', '01158201444'],
  ];
  it.each(echoes)('decodes the challenge %s as a form does, to bytes', (sent, echoed) => {
    expect(
      answerChallenge(`hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=${sent}`, token),
    ).toEqual({
      status: 200,
      challenge: echoed,
    });
  });

  it('echoes any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 1024 }), (bytes) => {
        const sent = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
        const answer = answerChallenge(
          `hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=${sent}`,
          token,
        );
        expect(answer).toEqual({ status: 200, challenge: Buffer.from(bytes).toString('latin1') });
      }),
    );
  });

  it('compares tokens as bytes of UTF-8, in whatever spelling of the query', () => {
    expect(refusalOf(handshake('ação+ &=%'), 'ação+ &=%')).toBeNull();
    expect(refusalOf(handshake('acao+ &=%'), 'ação+ &=%')).not.toBeNull();
  });

  const malformed: [ChallengeRefusal, string][] = [
    ['mode-missing', ''],
    ['mode-missing', `hub.verify_token=${token}&hub.challenge=1`],
    ['mode-missing', `hub.mode=&hub.verify_token=${token}&hub.challenge=1`],
    ['mode-missing', `hub_mode=subscribe&hub_verify_token=${token}&hub_challenge=1`],
    ['mode-not-subscribe', `hub.mode=unsubscribe&hub.verify_token=${token}&hub.challenge=1`],
    ['mode-not-subscribe', `hub.mode=Subscribe&hub.verify_token=${token}&hub.challenge=1`],
    ['token-missing', 'hub.mode=subscribe&hub.challenge=1'],
    ['token-missing', 'hub.mode=subscribe&hub.verify_token&hub.challenge=1'],
    ['challenge-missing', `hub.mode=subscribe&hub.verify_token=${token}`],
    ['challenge-missing', `hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=`],
    ['challenge-too-long', `hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=${'1'.repeat(1025)}`],
    ['parameter-twice', `${handshake(token)}&hub.challenge=2`],
    ['parameter-twice', `${handshake(token)}&hub.verify_token=${token}`],
    ['parameter-twice', `hub.verify_token=x&${handshake(token)}`],
    ['parameter-twice', `${handshake(token)}&hub%2emode=subscribe`],
  ];
  it.each(malformed)('refuses as %s: %s', (reason, text) => {
    expect(answerChallenge(text, token)).toEqual({ status: 403, reason });
  });

  const differences: [ChallengeRefusal, string, string][] = [
    ['token-case', token.toLowerCase(), token],
    ['token-case', token.toUpperCase(), token],
    ['token-wrapped', ` ${token}`, token],
    ['token-wrapped', `"${token}"`, token],
    ['token-wrapped', `${token}\r\n`, token],
    ['token-wrapped', token, `'${token}'`],
    ['token-plus', 'ab cd/ef', 'ab+cd/ef'],
    ['token-cut', token.slice(0, -1), token],
    ['token-cut', token.slice(0, 1), token],
    ['token-cut', `${token}x`, token],
    ['token-is-app-secret', '9f8e7d6c5b4a39281706f5e4d3c2b1a0', token],
    ['token-is-access-token', 'EAAGm0PX4ZCpsBAKZC', token],
    ['token-different', 'EAAGm0PX4ZCpsBAKZC', 'EAAGm0PX4ZCpsBAKZD'],
    ['token-different', '9f8e7d6c5b4a39281706f5e4d3c2b1a0', '9f8e7d6c5b4a39281706f5e4d3c2b1a1'],
    ['token-length', 'something', token],
    ['token-length', 'x'.repeat(16_000), token],
    ['token-different', `${token.slice(0, -1)}x`, token],
  ];
  it.each(differences)('names the difference %s (%s for %s)', (reason, given, configured) => {
    expect(refusalOf(handshake(given), configured)).toBe(reason);
  });

  it('refuses everything while no token is configured, even an empty one', () => {
    for (const configured of [null, '']) {
      expect(refusalOf(handshake(''), configured)).toBe('no-token-configured');
      expect(refusalOf(handshake('null'), configured)).toBe('no-token-configured');
    }
  });

  it('gives every refusal a sentence that ends with something to do', () => {
    for (const [refusal, sentence] of Object.entries(challengeRefusals)) {
      expect(sentence.split(/[.;] |, or /).at(-1), refusal).toMatch(
        /\b(press|Press|Copy|Write|Send|send|set|restart|by itself)\b/,
      );
      expect(sentence, refusal).toMatch(/\.$/);
    }
  });

  it('is total: any query gets an answer, and 200 only with the right token', () => {
    const pieces = fc.oneof(
      fc.constantFrom(
        'hub.mode',
        'hub.verify_token',
        'hub.challenge',
        'subscribe',
        token,
        '&',
        '=',
        '%',
        '+',
      ),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
        const text = parts.join('');
        const answer = answerChallenge(text, token);
        if (answer.status === 200) expect(text).toContain(token);
        else expect(challengeRefusals[answer.reason]).toBeTypeOf('string');
      }),
    );
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (given) => {
        fc.pre(given !== token);
        expect(answerChallenge(handshake(given), token).status).toBe(403);
      }),
    );
  });

  it('answers a long hostile query quickly', () => {
    const started = performance.now();
    for (const filling of [' ', '%20', '&', '=', '%', '"', '&hub.x']) {
      const length = 16_000 / filling.length;
      answerChallenge(handshake('x').replace('=x', `=x${filling.repeat(length)}x`), token);
    }
    // Reading in squared time would take seconds.
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

import { sameSecret } from '../../whatsapp/same-secret.ts';

const copyAgain =
  'Copy META_WEBHOOK_VERIFY_TOKEN from .env into Meta’s console (WhatsApp → Configuration → Verify token) and press “Verify and save”.';

/**
 * Why a handshake was refused, each with its sentence for the log. The sentences name the kind of difference,
 * never a token, and end with the next step. They are for the log alone: whoever sent the request learns only
 * that it was refused.
 */
export const challengeRefusals = {
  'no-token-configured':
    'A handshake arrived, but no verify token is configured. Run `recado init`, or set META_WEBHOOK_VERIFY_TOKEN in .env, then restart.',
  'parameter-twice':
    'The handshake names one of hub.mode, hub.verify_token and hub.challenge twice, which Meta never does. Look for a proxy that rewrites the query, or send each once.',
  'mode-missing':
    'Somebody opened the webhook address without hub.mode, so it was not Meta’s handshake. Press “Verify and save” in Meta’s console (WhatsApp → Configuration) to start one.',
  'mode-not-subscribe':
    'The handshake’s hub.mode is not “subscribe”, the only one that Meta sends. Press “Verify and save” in Meta’s console (WhatsApp → Configuration) to start a proper one.',
  'token-missing': `The handshake carries no hub.verify_token. ${copyAgain}`,
  'challenge-missing':
    'The handshake carries no hub.challenge to echo. Add it when testing by hand, or press “Verify and save” in Meta’s console (WhatsApp → Configuration).',
  'challenge-too-long':
    'The handshake’s hub.challenge is longer than 1,024 bytes; Meta’s have a few digits. Send a shorter one when testing by hand.',
  'token-is-app-secret': `The handshake’s token looks like an app secret (32 hex digits), not like the configured verify token. ${copyAgain}`,
  'token-is-access-token': `The handshake’s token looks like an access token (it starts with EAA), not like the configured verify token. ${copyAgain}`,
  'token-wrapped': `The handshake’s token and the configured one differ only by spaces or quotes around them. ${copyAgain}`,
  'token-plus':
    'The handshake’s token has spaces where the configured one has “+”. Write + as %2B when testing by hand; Meta’s console does so by itself.',
  'token-case': `The handshake’s token and the configured one differ only in upper and lower case. ${copyAgain}`,
  'token-cut': `One of the handshake’s token and the configured one is the beginning of the other, so a part was lost in copying. ${copyAgain}`,
  'token-length': `The handshake’s token has another length than the configured one. ${copyAgain}`,
  'token-different': `The handshake’s token has the length of the configured one but is another. ${copyAgain}`,
} as const satisfies Record<string, string>;

/** The kind of difference that made us refuse a handshake; its sentence is in `challengeRefusals`. */
export type ChallengeRefusal = keyof typeof challengeRefusals;

/** `challenge` has one character for each byte (latin1), so that any bytes come back as they were sent. */
export type ChallengeAnswer = { status: 200; challenge: string } | { status: 403; reason: ChallengeRefusal };

/** Meta's challenges are integers or short random strings (meta-facts §1); no stranger needs longer echoes. */
const longestChallenge = 1024;

/**
 * Answers Meta's handshake (meta-facts §1). `query` is what follows `?` in the request target, undecoded, or ''.
 * It is read as the form encoding in which Meta's sample apps and every web framework read it: `+` is a space,
 * `%XX` a byte, anything else itself.
 */
export function answerChallenge(query: string, verifyToken: string | null): ChallengeAnswer {
  if (verifyToken === null || verifyToken === '') return refuse('no-token-configured');
  const parameters = readHubParameters(query);
  if (parameters === null) return refuse('parameter-twice');

  const mode = parameters.get('hub.mode') ?? '';
  if (mode === '') return refuse('mode-missing');
  if (mode !== 'subscribe') return refuse('mode-not-subscribe');
  const token = parameters.get('hub.verify_token') ?? '';
  if (token === '') return refuse('token-missing');
  const challenge = parameters.get('hub.challenge') ?? '';
  if (challenge === '') return refuse('challenge-missing');
  if (challenge.length > longestChallenge) return refuse('challenge-too-long');

  const expected = Buffer.from(verifyToken, 'utf8').toString('latin1');
  if (!sameSecret(token, expected)) return refuse(nameDifference(token, expected));
  return { status: 200, challenge };
}

function refuse(reason: ChallengeRefusal): ChallengeAnswer {
  return { status: 403, reason };
}

/** The parameters of the handshake as byte strings; null when one is given twice. */
function readHubParameters(query: string): Map<string, string> | null {
  const parameters = new Map<string, string>();
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=');
    const name = decodeForm(equals === -1 ? pair : pair.slice(0, equals));
    if (name !== 'hub.mode' && name !== 'hub.verify_token' && name !== 'hub.challenge') continue;
    if (parameters.has(name)) return null;
    parameters.set(name, equals === -1 ? '' : decodeForm(pair.slice(equals + 1)));
  }
  return parameters;
}

/** Form decoding to bytes, one character each: a sequence that is not UTF-8 must survive, too. */
function decodeForm(text: string): string {
  return text
    .replaceAll('+', ' ')
    .replace(/%([0-9a-fA-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/**
 * Every comparison is made, each in constant time, before one is named: an answer that came sooner for the
 * right beginning would let a stranger guess the token character by character.
 */
function nameDifference(given: string, expected: string): ChallengeRefusal {
  const shorter = Math.min(given.length, expected.length);
  const sameBare = sameSecret(unwrap(given), unwrap(expected));
  const samePlus = sameSecret(given.replaceAll(' ', '+'), expected);
  const sameLetters = sameSecret(given.toLowerCase(), expected.toLowerCase());
  const sameStart = sameSecret(given.slice(0, shorter), expected.slice(0, shorter));

  if (sameBare) return 'token-wrapped';
  if (samePlus) return 'token-plus';
  if (sameLetters) return 'token-case';
  if (looksLikeAppSecret(given) && !looksLikeAppSecret(expected)) return 'token-is-app-secret';
  if (looksLikeAccessToken(given) && !looksLikeAccessToken(expected)) return 'token-is-access-token';
  if (sameStart) return 'token-cut';
  return given.length === expected.length ? 'token-different' : 'token-length';
}

/** The token without the spaces and quotes around it. A loop, because a regular expression could be slow. */
function unwrap(token: string): string {
  let start = 0;
  let end = token.length;
  while (start < end && isWrapping(token.charCodeAt(start))) start += 1;
  while (end > start && isWrapping(token.charCodeAt(end - 1))) end -= 1;
  return token.slice(start, end);
}

/** Control characters, space, no-break space, and the quotes `"`, `'` and backtick. */
function isWrapping(byte: number): boolean {
  return byte <= 0x20 || byte === 0xa0 || byte === 0x22 || byte === 0x27 || byte === 0x60;
}

function looksLikeAppSecret(token: string): boolean {
  return /^[0-9a-f]{32}$/i.test(token);
}

function looksLikeAccessToken(token: string): boolean {
  return token.startsWith('EAA');
}

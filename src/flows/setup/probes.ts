import { createHash, createHmac, randomBytes } from 'node:crypto';
import { isJsonObject, type Json } from '../../domain/json.ts';
import { sameSecret } from '../../whatsapp/same-secret.ts';
import { createSignatureVerifier, signBody } from '../../whatsapp/signature.ts';

/** What came in of a probe. */
export type ProbeArrival = {
  /** SHA-256 of its bytes, in hex. */
  digest: string;
  /** The bytes themselves, of a small one. */
  body: Uint8Array | null;
  /** Its signature arrived with it and is right. */
  signed: boolean;
};

/** A POST of our own, to send through the public address. */
type Probe = {
  /** For the address: names it. */
  query: string;
  headers: Readonly<Record<string, string>>;
  /** What of it arrived, by the answer that came back; null when this installation has not answered it. */
  arrival(answer: Uint8Array): ProbeArrival | null;
};

/** The door's side of probes. */
export type ProbeDoor = {
  /** The probe that a query names; null for Meta's and everybody else's requests. */
  find(query: string): ExpectedProbe | null;
};

/** A probe of this installation. */
export type ExpectedProbe = {
  /** The answer to what arrived, after a commit as webhooks need one. */
  arrived(
    body: Uint8Array,
    signatureHeader: string | undefined,
  ): Promise<{ status: 200 | 401; answer: string }>;
};

/** Probes of an installation. */
export type Probes = ProbeDoor & { begin(body: Uint8Array): Probe };

const queryName = 'recado-probe';

/** A probe that is older is nobody's, in milliseconds; processes of one installation may differ in time by as much. */
const LIFETIME = 5 * 60_000;

/** Bytes up to here come back in the answer. */
const MOST_BODY = 1024;

/**
 * Makes the probes of an installation. Each is named and signed with keys made of the installation's own, which Meta's
 * webhooks never are: no probe can be taken for a webhook, and where its name is lost on the way it is refused like
 * every stranger's. Nothing is kept of it, so any process of the installation can answer.
 *
 * @param proveCommit makes a commit that leaves no trace, so that an answer takes as long as that to a webhook
 */
export function createProbes(options: {
  installationKey: Uint8Array;
  proveCommit(): Promise<unknown>;
  clock: { now(): number };
}): Probes {
  const { installationKey, clock } = options;
  const made = (what: string, id: string) =>
    createHmac('sha256', installationKey).update(`doctor ${what}\n${id}`).digest('hex');

  return {
    find(query) {
      const named = query.split('&').find((part) => part.startsWith(`${queryName}=`));
      const [time = '', chance = '', name = ''] = named?.slice(queryName.length + 1).split('.') ?? [];
      const id = `${time}.${chance}`;
      if (named === undefined || !sameSecret(name, made('name', id))) return null;
      if (Math.abs(clock.now() - Number(time)) > LIFETIME) return null;
      const verify = createSignatureVerifier([made('signature', id)]);
      return {
        async arrived(body, header) {
          const { valid: signed } = verify(body, header);
          if (signed) await options.proveCommit();
          const digest = createHash('sha256').update(body).digest('hex');
          const bytes = body.byteLength <= MOST_BODY ? Buffer.from(body).toString('base64') : null;
          const told = JSON.stringify({ id, digest, body: bytes, signed });
          return { status: signed ? 200 : 401, answer: `${made('answer', told)} ${told}` };
        },
      };
    },
    begin(body) {
      const id = `${clock.now()}.${randomBytes(12).toString('hex')}`;
      return {
        query: `${queryName}=${id}.${made('name', id)}`,
        headers: {
          'content-type': 'application/json',
          'x-hub-signature-256': signBody(body, made('signature', id)),
        },
        arrival(answer) {
          const [proof = '', told = ''] = splitOnce(Buffer.from(answer).toString('utf8').trim());
          return sameSecret(proof, made('answer', told)) ? arrivalIn(told, id) : null;
        },
      };
    },
  };
}

function splitOnce(text: string): [string, string] {
  const space = text.indexOf(' ');
  return space === -1 ? [text, ''] : [text.slice(0, space), text.slice(space + 1)];
}

function arrivalIn(told: string, id: string): ProbeArrival | null {
  const value: Json = JSON.parse(told);
  if (!isJsonObject(value) || value['id'] !== id) return null;
  const { digest, body, signed } = value;
  return {
    digest: String(digest),
    body: typeof body === 'string' ? Buffer.from(body, 'base64') : null,
    signed: signed === true,
  };
}

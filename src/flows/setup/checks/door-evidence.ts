import { randomInt } from 'node:crypto';
import type { Situation } from '../check.ts';
import type { DoctorPorts } from '../doctor-ports.ts';
import type { DoorAnswer } from '../public-door.ts';

/** Meta's handshake as we make it, and what came of it. */
export type Handshake = { challenge: string; answer: DoorAnswer };

/** Shakes hands with the webhook address as Meta does (meta-facts §1). */
export async function shakeHands(
  { door }: Pick<DoctorPorts, 'door'>,
  address: string,
  verifyToken: string,
): Promise<Handshake> {
  const challenge = String(randomInt(1_000_000_000, 2_147_483_647));
  const url = new URL(address);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', verifyToken);
  return { challenge, answer: await door.get(url.href, [verifyToken, encodeURIComponent(verifyToken)]) };
}

/** What the sentences about the public address are filled with. */
export function doorFacts({ installation }: Situation): Record<string, string> {
  const url = new URL(installation.webhookUrl);
  return {
    host: url.hostname,
    address: url.host,
    path: url.pathname,
    url: url.origin,
    listens: installation.listensAt,
  };
}

/** Bytes as they are shown: printable ASCII, everything else escaped. */
export function bytesInWords(bytes: Uint8Array): string {
  const shown = Buffer.from(bytes.subarray(0, 24)).toString('latin1');
  return JSON.stringify(shown) + (bytes.byteLength > 24 ? '…' : '');
}

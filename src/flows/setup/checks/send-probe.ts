import { createHash } from 'node:crypto';
import type { DoctorPorts } from '../doctor-ports.ts';
import type { ProbeArrival } from '../probes.ts';
import type { DoorAnswer } from '../public-door.ts';

/** A probe that was sent: how it was answered, and what of it arrived. */
export type SentProbe = { sent: Uint8Array; answer: DoorAnswer; arrival: ProbeArrival | null };

/** Posts a probe to the webhook address, as Meta posts a webhook. */
export async function sendProbe(
  { door, probes }: Pick<DoctorPorts, 'door' | 'probes'>,
  webhookUrl: string,
  body: Uint8Array,
): Promise<SentProbe> {
  const probe = probes.begin(body);
  const answer = await door.post(`${webhookUrl}?${probe.query}`, body, probe.headers);
  return { sent: body, answer, arrival: answer.got === 'answer' ? probe.arrival(answer.body) : null };
}

/** Whether it arrived with every byte. */
export function arrivedWhole({ sent, arrival }: SentProbe): boolean {
  return arrival?.digest === createHash('sha256').update(sent).digest('hex');
}

/** JSON that everything between Meta and us must leave as it is: what a re-encoding would write otherwise. */
export function delicateBody(): Uint8Array {
  return Buffer.from(
    '{"object" : "recado_probe",\n "words":["ação 😀","a\\u00e7\\u00e3o \\ud83d\\ude00","\\/"], "numbers":[1.0,1e2,12345678901234567890] }\n',
  );
}

/** JSON of 3 MiB: a little more than Meta's largest webhook (meta-facts §2.4). */
export function largeBody(): Uint8Array {
  const frame = ['{"object":"recado_probe","padding":"', '"}'] as const;
  const size = 3 * 1024 * 1024;
  return Buffer.from(frame.join('x'.repeat(size - frame.join('').length)));
}

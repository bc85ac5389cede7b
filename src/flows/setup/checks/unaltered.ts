import { installationCheck, type Judgement, type Situation } from '../check.ts';
import { bytesInWords, doorFacts } from './door-evidence.ts';
import { judged } from './reading.ts';
import { arrivedWhole, delicateBody, type SentProbe, sendProbe } from './send-probe.ts';

/** A signed POST through the public address arrives in this process with every byte: else no signature matches. */
export const checkUnaltered = installationCheck({
  name: 'unaltered',
  needs: ['challenge'],
  continuous: true,
  gather: (ports, { installation }) => sendProbe(ports, installation.webhookUrl, delicateBody()),
  judge: (probe, situation) => judgeProbe(probe, situation),
});

function judgeProbe(probe: SentProbe, situation: Situation): Judgement {
  const { sent, answer, arrival } = probe;
  const facts = doorFacts(situation);
  if (arrival === null) {
    if (answer.got === 'nothing') return judged('door-unanswered', { ...facts, code: answer.code }, [answer]);
    const { status } = answer;
    // Another Recado knows nothing of this probe, and refuses its signature.
    const elsewhere = status === 200 || status === 401;
    return judged(elsewhere ? 'answered-elsewhere' : 'post-refused', { ...facts, status: String(status) }, [
      answer,
    ]);
  }
  if (!arrivedWhole(probe)) {
    const found = arrival.body ?? new Uint8Array();
    const offset = firstDifference(sent, found);
    const from = { sent: bytesInWords(sent.subarray(offset)), found: bytesInWords(found.subarray(offset)) };
    return judged('bytes-altered', { ...facts, ...from, offset: String(offset) }, [answer]);
  }
  return judged(arrival.signed ? 'unaltered-good' : 'signature-dropped', facts, [answer]);
}

/** Where two texts of bytes differ first. */
function firstDifference(one: Uint8Array, other: Uint8Array): number {
  const length = Math.max(one.byteLength, other.byteLength);
  for (let index = 0; index < length; index += 1) if (one[index] !== other[index]) return index;
  return length;
}

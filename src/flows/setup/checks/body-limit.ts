import { installationCheck } from '../check.ts';
import { doorFacts } from './door-evidence.ts';
import { judged } from './reading.ts';
import { arrivedWhole, largeBody, sendProbe } from './send-probe.ts';

/** A webhook as large as Meta's largest arrives (meta-facts §2.4). */
export const checkBodyLimit = installationCheck({
  name: 'body-limit',
  needs: ['unaltered'],
  gather: (ports, { installation }) => sendProbe(ports, installation.webhookUrl, largeBody()),
  judge(probe, situation) {
    const { answer } = probe;
    const found = answer.got === 'nothing' ? answer.code : `HTTP ${answer.status}`;
    return judged(arrivedWhole(probe) ? 'large-good' : 'large-refused', { ...doorFacts(situation), found }, [
      answer,
    ]);
  },
});

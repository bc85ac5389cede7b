import { installationCheck } from '../check.ts';
import { doorFacts } from './door-evidence.ts';
import { judged } from './reading.ts';
import { delicateBody, sendProbe } from './send-probe.ts';

/** Meta asks for a median of no more, and that less than 1 % of the answers take longer than the other (meta-facts §2.3). */
const MEDIAN = 250;
const SLOW = 1_000;

const PROBES = 5;

/** Webhooks are answered in the time for which Meta asks: probes make a commit, as webhooks do. */
export const checkAnswerTime = installationCheck({
  name: 'answer-time',
  needs: ['unaltered'],
  async gather(ports, { installation }) {
    const began = performance.now();
    const database = await ports.database();
    const probes = await Promise.all(
      Array.from({ length: PROBES }, () => sendProbe(ports, installation.webhookUrl, delicateBody())),
    );
    return {
      probes,
      commit: (database.commit.done ? database.commit.milliseconds : null) ?? performance.now() - began,
    };
  },
  judge({ probes, commit }, situation) {
    const answers = probes.map(({ answer }) => answer);
    const times = answers.map((answer) => (answer.got === 'answer' ? answer.milliseconds : Infinity));
    const median = times.sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? Infinity;
    const facts = {
      ...doorFacts(situation),
      median: Number.isFinite(median) ? String(Math.ceil(median)) : '∞',
      commit: commit.toFixed(1),
    };
    const reason = median > SLOW ? 'time-slow' : median > MEDIAN ? 'time-long' : 'time-good';
    return judged(reason, facts, answers.slice(0, 1));
  },
});

import { textBody } from '../bodies.ts';
import type { Check } from '../check.ts';

/** Meta's standard for answers in milliseconds: the median, and what less than 1 % may exceed (meta-facts §2.3). */
const standard = { median: 250, slow: 1_000 };

/** How often the time of an answer is taken at most, and for how long, in milliseconds. */
const TIMED = 40;
const TIMED_FOR = 10_000;

/** How long answers take. It comes before what needs many answers, so that a slow receiver learns it soon. */
export const timeChecks: readonly Check[] = [
  {
    id: 'time-standard',
    group: 'time',
    title: 'Answers come in Meta’s time',
    why: 'Meta asks for a median of 250 ms, and for less than 1 % above one second. Who works before answering is delivered to again, and gets duplicates.',
    cure: 'Store the body, answer 200, work afterwards.',
    advice: true,
    async run(receiver, facts) {
      const times: number[] = [];
      const began = performance.now();
      for (let index = 0; index < TIMED && performance.now() - began < TIMED_FOR; index++) {
        const { milliseconds } = await receiver.deliver(
          JSON.stringify(textBody(facts, `timed ${index}`, 'Oi')),
        );
        times.push(milliseconds);
      }
      times.sort((one, other) => one - other);
      const median = times[Math.floor(times.length / 2)] ?? 0;
      const slow = times.filter((time) => time > standard.slow).length;
      const findings: string[] = [];
      if (median > standard.median) {
        findings.push(`The median of ${times.length} answers was ${Math.round(median)} ms.`);
      }
      if (slow > times.length / 100)
        findings.push(`${slow} of ${times.length} answers took more than a second.`);
      return findings;
    },
  },
];

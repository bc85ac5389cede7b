import { catalogue } from './catalogue.ts';
import type { Check, RunFacts } from './check.ts';
import { RIGHT_SIGNATURE } from './checks/signature.ts';
import type { Receiver } from './receiver.ts';

/** How a check ended. `advice`: nothing is lost, and yet it should be better. `skipped`: an earlier one decides. */
export type CheckResult = 'passed' | 'failed' | 'advice' | 'skipped';

/** A check with how it ended, and what was found in sentences. */
export type CheckedBehaviour = { check: Check; result: CheckResult; findings: string[] };

/**
 * Runs the catalogue against a receiver, one check after another. What can only be seen by a receiver that believes
 * the signature is skipped when it does not.
 *
 * @param checked told of each check as it ends
 * @param timeIsOver ends the run: the check under way and all later ones are skipped
 */
export async function certify(
  receiver: Receiver,
  facts: RunFacts,
  checked: (behaviour: CheckedBehaviour) => void,
  timeIsOver: Promise<void> = new Promise(() => {}),
): Promise<CheckedBehaviour[]> {
  const behaviours: CheckedBehaviour[] = [];
  let believed = true;
  let over = false;
  const stopped = timeIsOver.then(() => {
    over = true;
  });
  for (const check of catalogue) {
    const depends = check.group !== 'handshake' && check.group !== 'signature';
    const behaviour: CheckedBehaviour =
      depends && !believed
        ? {
            check,
            result: 'skipped' as const,
            findings: ['The receiver refuses what is signed rightly, so nothing else can be seen.'],
          }
        : over
          ? outOfTime(check)
          : await Promise.race([look(check, receiver, facts), stopped.then(() => outOfTime(check))]);
    if (check.id === RIGHT_SIGNATURE) believed = behaviour.result === 'passed';
    behaviours.push(behaviour);
    checked(behaviour);
  }
  return behaviours;
}

function outOfTime(check: Check): CheckedBehaviour {
  return { check, result: 'skipped', findings: ['The time of the run was over.'] };
}

async function look(check: Check, receiver: Receiver, facts: RunFacts): Promise<CheckedBehaviour> {
  const findings = await check.run(receiver, facts);
  const wrong = check.advice === true ? 'advice' : 'failed';
  return { check, result: findings.length === 0 ? 'passed' : wrong, findings };
}

import type { CheckFacts } from '../../domain/check.ts';
import { checkTitles } from '../../domain/check-reasons/check-titles.ts';
import { reasonRow } from '../../domain/check-reasons/reasons.ts';
import { failureCodes } from '../../domain/failure.ts';
import { failureText } from '../../domain/failure-text.ts';
import type { Language } from '../../domain/language.ts';
import type { CheckResult } from './check.ts';

/** A step of a cure with this installation's values. `run` is a command, `set` a line of `.env`; null for neither. */
type ExplainedStep = { text: string; run: string | null; set: string | null };

/** What people read of a result. */
export type ExplainedResult = { title: string; found: string; cure: ExplainedStep[] };

const first = {
  en: 'First cure “{obstacle}”, which is red too: Meta calls the address while this is set right.',
  'pt-BR':
    'Primeiro resolva “{obstacle}”, que também está vermelho: a Meta chama o endereço enquanto isso é corrigido.',
} as const;

/**
 * A result in a language.
 *
 * @param others the results of the same run: one of them may have to be cured first
 */
export function explainResult(
  result: CheckResult,
  language: Language,
  others: readonly CheckResult[] = [],
): ExplainedResult {
  const { reason, blockedBy } = result;
  const { found, cure, after = [] } = reasonRow(reason);
  const obstacle = others.find(({ check, verdict }) => verdict === 'red' && after.includes(check));
  const failure = failureCodes.find((code) => code === result.facts['failure']);
  const facts: CheckFacts = {
    ...result.facts,
    ...(failure === undefined ? {} : failureText(failure, language)),
    ...(blockedBy === null ? {} : { blocker: `“${checkTitles[blockedBy.check][language]}”` }),
  };
  return {
    title: checkTitles[result.check][language],
    found: filled(found[language], facts),
    cure: [
      ...(obstacle === undefined
        ? []
        : [
            {
              text: filled(first[language], { obstacle: checkTitles[obstacle.check][language] }),
              run: null,
              set: null,
            },
          ]),
      ...cure
        .filter(({ when }) => when === undefined || when === facts['origin'])
        .map(({ run, set, ...said }) => ({
          text: filled(said[language], facts),
          run: run === undefined ? null : filled(run, facts),
          set: set === undefined ? null : filled(set, facts),
        })),
    ],
  };
}

function filled(text: string, facts: CheckFacts): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(facts, name) ? (facts[name] ?? whole) : whole,
  );
}

import type { CheckName, CheckPlace, Exchanged, Verdict } from '../../domain/check.ts';
import type { ReasonCode } from '../../domain/check-reasons/reasons.ts';
import type { Language } from '../../domain/language.ts';
import type { DoctorRun } from './doctor.ts';
import { type ExplainedResult, explainResult } from './explain-result.ts';

/** A run as people and programs get it; times in ISO 8601, null before the first run. */
export type ExplainedRun = {
  startedAt: string | null;
  finishedAt: string | null;
  /** `green` when every link is, `red` when one is. */
  verdict: Verdict;
  checks: (ExplainedResult & {
    check: CheckName;
    subject: string | null;
    verdict: Verdict;
    reason: ReasonCode;
    blockedBy: CheckPlace | null;
    calls: Exchanged[];
  })[];
};

/** A run in a language; null before the first one. */
export function explainRun(run: DoctorRun | null, language: Language): ExplainedRun {
  const results = run?.results ?? [];
  return {
    startedAt: run === null ? null : new Date(run.startedAt).toISOString(),
    finishedAt: run === null ? null : new Date(run.finishedAt).toISOString(),
    verdict: verdictOf(results.map(({ verdict }) => verdict)),
    checks: results.map((result) => {
      const { check, subject, verdict, reason, blockedBy, calls } = result;
      const explained = explainResult(result, language, results);
      return { check, subject, verdict, reason, ...explained, blockedBy, calls: [...calls] };
    }),
  };
}

function verdictOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('red')) return 'red';
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'green') ? 'green' : 'unknown';
}

import { inspectServer } from './adapters/store/postgres/inspect-database.ts';
import { inspectFile } from './adapters/store/sqlite/inspect-database.ts';
import type { Config } from './config/config.ts';
import type { Mistake } from './config/mistake.ts';
import { reasonRow } from './domain/check-reasons/reasons.ts';
import type { Language } from './domain/language.ts';
import type { CheckResult, PhoneUnderTest } from './flows/setup/check.ts';
import { checkConfiguration } from './flows/setup/checks/configuration.ts';
import { checkDatabase } from './flows/setup/checks/database.ts';
import { judged } from './flows/setup/checks/reading.ts';
import type { DatabaseEvidence } from './flows/setup/doctor-ports.ts';
import { type ExplainedRun, explainRun } from './flows/setup/explain-run.ts';
import { installationOf } from './wiring/doctor.ts';

/**
 * Looks at what can be looked at without a gateway: the configuration and the database.
 *
 * @param configuration what was read, or what is wrong with it
 */
export async function inspectOffline(
  configuration: { config: Config } | { mistakes: readonly Mistake[] },
  language: Language,
): Promise<ExplainedRun> {
  const startedAt = Date.now();
  const results =
    'config' in configuration ? await looked(configuration.config) : wrong(configuration.mistakes);
  return explainRun({ startedAt, finishedAt: Date.now(), results }, language);
}

function wrong(mistakes: readonly Mistake[]): CheckResult[] {
  return mistakes.map(({ setting, found, expected, next }) => ({
    check: 'configuration',
    subject: null,
    ...judged('setting-wrong', { setting, found, expected, next }),
    verdict: 'red',
    blockedBy: null,
  }));
}

async function looked(config: Config): Promise<CheckResult[]> {
  const { meta } = config;
  const phone: PhoneUnderTest[] =
    meta.phoneNumberId === null ? [] : [{ ...meta, id: meta.phoneNumberId, origin: 'environment' }];
  const installation = installationOf(config, { publicUrl: config.publicUrl, listensAt: '' });
  const situation = { installation, phones: phone };
  const judgements = [
    { check: 'configuration' as const, ...checkConfiguration.judge(null, situation) },
    { check: 'database' as const, ...checkDatabase.judge(await inspect(config.database), situation) },
  ];
  return judgements.map((judgement) => ({
    subject: null,
    ...judgement,
    verdict: reasonRow(judgement.reason).verdict,
    blockedBy: null,
  }));
}

async function inspect({ file, postgres }: Config['database']): Promise<DatabaseEvidence> {
  return postgres === null ? inspectFile(file) : inspectServer(postgres);
}

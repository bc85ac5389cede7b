import type { CheckName, CheckPlace } from '../../domain/check.ts';
import type { Check, CheckResult, Situation } from './check.ts';
import { checks } from './checks/checks.ts';
import { type DoctorRun, runDoctor } from './doctor.ts';
import type { DoctorPorts } from './doctor-ports.ts';
import { explainResult } from './explain-result.ts';

/** What to look at. */
type DoctorRequest = {
  /** These checks and those that they need; all when null. */
  only: readonly CheckName[] | null;
  /** Without those that they need: for who looks again and again. */
  alone: boolean;
};

/** Runs of doctor, one at a time. */
export type DoctorRuns = {
  /** The last run since this process started; null before the first. */
  latest(): DoctorRun | null;
  /** Looks at the chain, or at these checks and those that they need; `busy` while another run is at it. */
  run(request: DoctorRequest): Promise<DoctorRun | 'busy'>;
  /** Looks at what is cheap to look at; null while another run is at it. What it found is the last run then. */
  runContinuous(): Promise<DoctorRun | null>;
  /** The continuous checks that are red by the last run that looked at them, each with its sentence in English. */
  reds(): readonly (CheckPlace & { found: string })[];
  /** Resolves once nothing runs. */
  idle(): Promise<void>;
};

const continuous = new Set(checks.filter((check) => check.continuous).map(({ name }) => name));

/** Makes the runs of a process. `situation` says what is configured now. */
export function createDoctorRuns(options: {
  ports: DoctorPorts;
  situation(): Promise<Situation>;
}): DoctorRuns {
  let latest: DoctorRun | null = null;
  let running: Promise<DoctorRun> | null = null;
  let standing: readonly CheckResult[] = [];

  async function run(wanted: (check: Check) => boolean, alone = false): Promise<DoctorRun | 'busy'> {
    if (running !== null) return 'busy';
    running = options.situation().then((situation) => runDoctor(options.ports, situation, wanted, alone));
    try {
      latest = await running;
      remember(latest.results);
      return latest;
    } finally {
      running = null;
    }
  }

  /** A check that was looked at stands for all its subjects as they are now. */
  function remember(results: readonly CheckResult[]): void {
    const looked = new Set(results.map(({ check }) => check));
    standing = [...standing.filter(({ check }) => !looked.has(check)), ...results];
  }

  return {
    latest: () => latest,
    reds: () =>
      standing
        .filter(({ check, verdict }) => verdict === 'red' && continuous.has(check))
        .map((result) => ({
          check: result.check,
          subject: result.subject,
          found: explainResult(result, 'en').found,
        })),
    run: ({ only, alone }) => run(({ name }) => only === null || only.includes(name), alone),
    async runContinuous() {
      const found = await run(({ continuous }) => continuous);
      return found === 'busy' ? null : found;
    },
    async idle() {
      await running?.catch(() => undefined);
    },
  };
}

import type { CheckName } from '../../domain/check.ts';
import type { Check, Situation } from './check.ts';
import { type DoctorRun, runDoctor } from './doctor.ts';
import type { DoctorPorts } from './doctor-ports.ts';

/** Runs of doctor, one at a time. */
export type DoctorRuns = {
  /** The last run since this process started; null before the first. */
  latest(): DoctorRun | null;
  /** Looks at the chain, or at these checks and those that they need; `busy` while another run is at it. */
  run(only: readonly CheckName[] | null): Promise<DoctorRun | 'busy'>;
  /** Resolves once nothing runs. */
  idle(): Promise<void>;
};

/** Makes the runs of a process. `situation` says what is configured now. */
export function createDoctorRuns(options: {
  ports: DoctorPorts;
  situation(): Promise<Situation>;
}): DoctorRuns {
  let latest: DoctorRun | null = null;
  let running: Promise<DoctorRun> | null = null;

  async function run(wanted: (check: Check) => boolean): Promise<DoctorRun | 'busy'> {
    if (running !== null) return 'busy';
    running = options.situation().then((situation) => runDoctor(options.ports, situation, wanted));
    try {
      latest = await running;
      return latest;
    } finally {
      running = null;
    }
  }

  return {
    latest: () => latest,
    run: (only) => run(({ name }) => only === null || only.includes(name)),
    async idle() {
      await running?.catch(() => undefined);
    },
  };
}

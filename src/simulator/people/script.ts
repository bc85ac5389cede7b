import * as z from 'zod';
import type { Clock } from '../../runtime/clock.ts';
import { type MetaStep, readMetaStep } from '../meta-steps.ts';
import type { Scheduler } from '../time/scheduler.ts';
import { personStep, takeStep } from './person-steps.ts';
import type { SimulatedPerson } from './simulated-person.ts';

const scenario = z.strictObject({
  steps: z.array(
    z.looseObject({
      /** Milliseconds of simulated time after the start. */
      at: z.number().nonnegative(),
      /** The WhatsApp id of who does it; made when there is nobody. Left out for what Meta does. */
      person: z.string().optional(),
      /** The id of the business phone; the first when left out. */
      businessPhone: z.string().optional(),
    }),
  ),
});

/** What people and Meta do, and when, as data. */
export type Scenario = {
  steps: readonly (
    | ({ at: number; person: string; businessPhone?: string } & z.input<typeof personStep>)
    | ({ at: number; person?: undefined } & MetaStep)
  )[];
};

/** One step that could not be taken, and why. */
export type FailedStep = { step: number; reason: string };

/**
 * Plays a scenario in simulated time: each step once the clock has reached it, in the order of their times. A step
 * that cannot be taken does not keep the others from being taken.
 *
 * @returns resolves once every step was tried, with those that could not be taken
 * @throws TypeError (by the promise) for what is no scenario, before anything is done
 */
export async function playScenario(
  given: Scenario,
  stage: {
    clock: Clock;
    scheduler: Scheduler;
    person: (waId: string, options: { name?: string }) => SimulatedPerson;
    meta: (step: MetaStep) => void;
  },
): Promise<FailedStep[]> {
  const start = stage.clock.now();

  async function take(timed: TimedStep): Promise<void> {
    if (timed.person === null) {
      stage.meta(timed.step);
      return;
    }
    const { person: waId, businessPhone, step } = timed;
    const name = step.does === 'joins' ? step.name : undefined;
    const person = stage.person(waId, name === undefined ? {} : { name });
    await takeStep(businessPhone === undefined ? person : person.with(businessPhone), step);
  }

  function played(timed: TimedStep, step: number): Promise<FailedStep | null> {
    return new Promise((resolve) => {
      const settle = (error: unknown) =>
        resolve({ step, reason: error instanceof Error ? error.message : String(error) });
      stage.scheduler.at(start + timed.at, () => {
        stage.scheduler.track(take(timed).then(() => resolve(null), settle));
      });
    });
  }

  const results = await Promise.all(readScenario(given).map(played));
  return results.filter((result) => result !== null);
}

type TimedStep = { at: number } & (
  | { person: string; businessPhone: string | undefined; step: z.infer<typeof personStep> }
  | { person: null; step: MetaStep }
);

function readScenario(given: unknown): TimedStep[] {
  const outline = scenario.safeParse(given);
  if (!outline.success) throw notOne(outline.error);
  return outline.data.steps.map(({ at, person, businessPhone, ...rest }, index): TimedStep => {
    if (person === undefined) {
      return { at, person: null, step: readMetaStep(rest) };
    }
    const step = personStep.safeParse(rest);
    if (step.success) return { at, person, businessPhone, step: step.data };
    throw notOne(step.error, `Step ${index}: `);
  });
}

function notOne(error: z.ZodError, where = ''): TypeError {
  return new TypeError(
    `${where}A scenario is { steps: [{ at, person, does, … }] }, without a person for what Meta does; found: ${z.prettifyError(error)}`,
  );
}

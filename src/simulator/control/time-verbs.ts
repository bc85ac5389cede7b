import * as z from 'zod';
import type { SimulatedClock } from '../time/simulated-clock.ts';
import { type ControlVerb, controlVerb } from './control-verb.ts';

const milliseconds = z.number().min(0);
const nothing = z.strictObject({});

function shown(time: SimulatedClock) {
  const now = time.now();
  return { now, iso: new Date(now).toISOString(), paused: time.paused, speed: time.speed };
}

/** The simulated time. */
export const timeVerbs: readonly ControlVerb[] = [
  controlVerb(
    { method: 'GET', path: '/time', summary: 'The simulated time, whether it stands, and how fast it runs' },
    nothing,
    ({ simulation }) => shown(simulation.simulator().time),
  ),
  controlVerb(
    {
      method: 'POST',
      path: '/time/jump',
      summary:
        '{"milliseconds": 90000000}: moves time ahead; all that becomes due on the way happens at its time, and is awaited',
    },
    z.strictObject({ milliseconds }),
    async ({ simulation, body }) => {
      const simulator = simulation.simulator();
      await simulator.travel(body.milliseconds);
      return shown(simulator.time);
    },
  ),
  controlVerb({ method: 'POST', path: '/time/pause', summary: 'Stops time' }, nothing, ({ simulation }) => {
    simulation.simulator().time.pause();
    return shown(simulation.simulator().time);
  }),
  controlVerb(
    { method: 'POST', path: '/time/resume', summary: 'Lets time go on' },
    nothing,
    ({ simulation }) => {
      simulation.simulator().time.resume();
      return shown(simulation.simulator().time);
    },
  ),
  controlVerb(
    { method: 'POST', path: '/time/speed', summary: '{"factor": 60}: simulated seconds in a real one' },
    z.strictObject({ factor: z.number().positive() }),
    ({ simulation, body }) => {
      simulation.simulator().time.setSpeed(body.factor);
      return shown(simulation.simulator().time);
    },
  ),
];

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { SimulatedClock, Simulator } from '../simulator/simulator.ts';
import { refuse } from './refuse.ts';

/** The simulated time, for a page to go on from. */
export type TimeOnPage = {
  /** Milliseconds since the epoch. */
  now: number;
  paused: boolean;
  /** Simulated seconds in a real one. */
  speed: number;
};

const year = 366 * 24 * 60 * 60 * 1000;

const change = z.union([
  z.strictObject({ jump: z.number().positive().max(year) }),
  z.strictObject({ paused: z.boolean() }),
  z.strictObject({ speed: z.number().min(1).max(3600) }),
]);

/** The simulated time of a moment. */
export function timeOnPage(time: SimulatedClock): TimeOnPage {
  return { now: time.now(), paused: time.paused, speed: time.speed };
}

/**
 * `POST /sandbox/time`: jumps ahead, stops time, or lets it run fast, for the gateway and the pretend Meta alike.
 *
 * @param settled until the gateway has done what follows, at every stop of a jump
 */
export function timeRoutes(
  scope: FastifyInstance,
  { time, travel }: Pick<Simulator, 'time' | 'travel'>,
  settled: () => Promise<void>,
): void {
  scope.post('/sandbox/time', { bodyLimit: 1024 }, async (request, reply) => {
    const body = change.safeParse(request.body);
    if (!body.success) return refuse(reply, 'time-invalid');
    if ('jump' in body.data) await travel(body.data.jump, settled);
    else if ('speed' in body.data) time.setSpeed(body.data.speed);
    else if (body.data.paused) time.pause();
    else time.resume();
    return timeOnPage(time);
  });
}

import type { JsonObject } from '../../domain/json.ts';
import type { MetaStep } from '../meta-steps.ts';
import type { SimulatedPerson } from '../people/simulated-person.ts';
import { createSimulatedClock, type SimulatedClock } from '../time/simulated-clock.ts';
import { fromJson, type Recording } from './recording.ts';
import type { RunEvent } from './run-log.ts';

/** The part of a simulator that a replay needs. */
type Stage = {
  graphUrl: string;
  settings: { accessToken: string };
  person(waId: string, options?: { name?: string }): SimulatedPerson;
  takes(step: MetaStep): void;
  judge: { events(): readonly RunEvent[] };
  drain(): Promise<void>;
  close(): Promise<void>;
};

/** A run that was played again. */
export type Replay = {
  /** Every webhook that was made, in order: the same bytes in every replay of the same recording. */
  webhooks: JsonObject[];
};

/**
 * Plays a recording again, with nobody behind the webhooks: every act and call at its time, and all that follows from
 * it before the next one. Against the run itself the webhooks of one person have the same order and bytes where
 * `drain()` was awaited between what happened; where it was not, what happened at once may be told in another order.
 *
 * @param start makes the simulator, with the options of the run that was recorded and these in place of its own
 */
export async function replayRecording(
  recording: Recording,
  start: (given: { seed: string; clock: SimulatedClock }) => Promise<Stage>,
): Promise<Replay> {
  const clock = createSimulatedClock({ start: recording.startedAt });
  clock.pause();
  const stage = await start({ seed: recording.seed, clock });
  try {
    for (const entry of recording.entries) {
      clock.jump(Math.max(0, entry.at - clock.now()));
      await stage.drain();
      await repeat(stage, entry);
      await stage.drain();
    }
    return {
      webhooks: stage.judge.events().flatMap((event) => (event.kind === 'told' ? [event.body] : [])),
    };
  } finally {
    await stage.close();
  }
}

async function repeat(stage: Stage, entry: Recording['entries'][number]): Promise<void> {
  if (entry.kind === 'person') {
    stage.person(entry.waId, entry.name === null ? {} : { name: entry.name });
    return;
  }
  if (entry.kind === 'meta') {
    stage.takes(entry.step);
    return;
  }
  if (entry.kind === 'call') {
    const { method, path, body } = entry;
    const response = await fetch(`${stage.graphUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${stage.settings.accessToken}`,
        'content-type': 'application/json',
      },
      ...(method !== 'GET' && body !== null && { body: JSON.stringify(body) }),
    });
    await response.arrayBuffer();
    return;
  }
  const person = stage.person(entry.waId);
  const present = entry.businessPhone === null ? person : person.with(entry.businessPhone);
  const act: unknown = Reflect.get(present, entry.does);
  if (typeof act !== 'function') {
    throw new TypeError(`The recording holds an act that no person knows: ${entry.does}.`);
  }
  // What was refused in the run, such as writing while offline, is refused again.
  await Promise.resolve(Reflect.apply(act, present, entry.given.map(fromJson))).catch(() => {});
}

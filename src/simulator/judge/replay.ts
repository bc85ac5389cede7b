import type { JsonObject } from '../../domain/json.ts';
import type { MetaStep } from '../meta-steps.ts';
import type { SimulatedPerson } from '../people/simulated-person.ts';
import { createSimulatedClock, type SimulatedClock } from '../time/simulated-clock.ts';
import { fromJson, type Recording, recordedActs } from './recording.ts';
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
  /**
   * A sentence for each call that was answered otherwise than in the run: then something has come into the run that is
   * not in the recording, such as a member of the books that was set by hand, or an option.
   */
  differences: string[];
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
    const differences: string[] = [];
    for (const entry of recording.entries) {
      clock.jump(Math.max(0, entry.at - clock.now()));
      await stage.drain();
      const difference = await repeat(stage, entry);
      if (difference !== null) differences.push(difference);
      await stage.drain();
    }
    return {
      differences,
      webhooks: stage.judge.events().flatMap((event) => (event.kind === 'told' ? [event.body] : [])),
    };
  } finally {
    await stage.close();
  }
}

/** Does it again. What went otherwise, in a sentence; null when nothing did. */
async function repeat(stage: Stage, entry: Recording['entries'][number]): Promise<string | null> {
  switch (entry.kind) {
    case 'person':
      stage.person(entry.waId, entry.name === null ? {} : { name: entry.name });
      return null;
    case 'meta':
      stage.takes(entry.step);
      return null;
    case 'call':
      return repeatCall(stage, entry);
    case 'act':
      await repeatAct(stage, entry);
      return null;
  }
}

type EntryOf<Kind> = Extract<Recording['entries'][number], { kind: Kind }>;

async function repeatCall(
  stage: Stage,
  { at, method, path, body, status: before }: EntryOf<'call'>,
): Promise<string | null> {
  const answer = fetch(`${stage.graphUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${stage.settings.accessToken}`,
      'content-type': 'application/json',
    },
    ...(method !== 'GET' && body !== null && { body: JSON.stringify(body) }),
  });
  const now = await answer.then(
    async (response) => {
      await response.arrayBuffer();
      return response.status;
    },
    // The connection was broken off, as in the run.
    () => null,
  );
  if (now === before) return null;
  const answered = (status: number | null) => (status === null ? 'not answered' : `answered ${status}`);
  return `${method} ${path} at ${new Date(at).toISOString()} was ${answered(before)} in the run, and ${answered(now)} in the replay.`;
}

async function repeatAct(stage: Stage, entry: EntryOf<'act'>): Promise<void> {
  const person = stage.person(entry.waId);
  const present = entry.businessPhone === null ? person : person.with(entry.businessPhone);
  const act: unknown = Reflect.get(present, entry.does);
  if (!recordedActs.has(entry.does) || typeof act !== 'function') {
    throw new TypeError(`The recording holds an act that no person knows: ${entry.does}.`);
  }
  // What was refused in the run, such as writing while offline, is refused again.
  await Promise.resolve(Reflect.apply(act, present, entry.given.map(fromJson))).catch(() => {});
}

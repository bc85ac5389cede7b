import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CpuProfile, summarise, type ThreadProfile } from './cpu-profile.ts';
import type { BenchRun } from './measures/measure.ts';
import { startGateway, startLoadGenerator } from './measures/webhook-servers.ts';

/** What a thread of the gateway did under load. */
export type NamedProfile = ThreadProfile & { thread: 'main' | 'writer' | 'reader' };

/** How many functions are named of each thread. */
const NAMED = 14;

/** In milliseconds; what comes before is for warming up. */
const LOAD = 5_000;

/** Runs the gateway under full load with Node's own profiler, and says where its threads spent their time. */
export async function profileGateway(run: BenchRun): Promise<NamedProfile[]> {
  const folder = join(run.folder, 'profiles');
  mkdirSync(folder);
  const generator = startLoadGenerator();
  const gateway = await startGateway(run, 'profile', ['--cpu-prof', `--cpu-prof-dir=${folder}`]);
  for (const milliseconds of [1_000, LOAD]) {
    await generator.order('prepare', 12 * milliseconds);
    const { connections } = run;
    await generator.order('closedLoop', { port: gateway.port, connections, milliseconds, repeat: false });
  }
  await gateway.stop();
  await generator.stop();
  return readdirSync(folder)
    .map((file): CpuProfile => JSON.parse(readFileSync(join(folder, file), 'utf8')))
    .map((profile) => ({ thread: threadOf(profile), ...summarise(profile, NAMED, LOAD) }))
    .toSorted((a, b) => a.thread.localeCompare(b.thread));
}

/** Each thread is known by a function that only it runs. */
function threadOf(profile: CpuProfile): NamedProfile['thread'] {
  const runs = (name: string) => profile.nodes.some(({ callFrame }) => callFrame.functionName === name);
  if (runs('createGateway')) return 'main';
  return runs('appendWebhooks') || runs('appendOne') ? 'writer' : 'reader';
}

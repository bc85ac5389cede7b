/** A `.cpuprofile` as V8 writes it, as far as it is read here. Times in microseconds. */
export type CpuProfile = {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
};

/** What a thread did: `busy` is the part of its time from 0 to 1, `share` a part of that busy time. */
export type ThreadProfile = { busy: number; entries: { where: string; share: number }[] };

/**
 * Sums up the time that was spent in each function itself, without what it called.
 *
 * @param most how many functions are named
 * @param last looks at so many milliseconds before the end only, so that starting up is left out
 */
export function summarise(profile: CpuProfile, most: number, last = Number.POSITIVE_INFINITY): ThreadProfile {
  const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const times = new Map<string, number>();
  let before = 0;
  for (let index = profile.samples.length - 1; index >= 0 && before < last * 1000; index--) {
    const node = profile.samples[index] ?? 0;
    before += Math.max(0, profile.timeDeltas[index] ?? 0);
    const name = names.get(node) ?? '(unknown)';
    times.set(name, (times.get(name) ?? 0) + Math.max(0, profile.timeDeltas[index] ?? 0));
  }
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  const busy = total - (times.get('(idle)') ?? 0);
  times.delete('(idle)');
  const entries = [...times].toSorted(([, a], [, b]) => b - a).slice(0, most);
  return {
    busy: total === 0 ? 0 : busy / total,
    entries: entries.map(([where, time]) => ({ where, share: busy === 0 ? 0 : time / busy })),
  };
}

/** Such as `parseWebhook (parse-webhook.ts)`, or `writev (node)` for what is inside Node. */
function nameOf({ functionName, url }: CpuProfile['nodes'][number]['callFrame']): string {
  if (functionName.startsWith('(')) return functionName;
  const name = functionName === '' ? 'anonymous' : functionName;
  if (url === '' || url.startsWith('node:')) return `${name} (${url === '' ? 'native' : url})`;
  return `${name} (${url.split('/').at(-1)})`;
}

import { closeSync, fdatasyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { percentile } from '../statistics.ts';

/** Where a run took place. */
export type Machine = {
  processor: string;
  cores: number;
  memoryGigabytes: number;
  system: string;
  node: string;
  recado: string;
  /** Work waiting for a core in the minute before the run began: beyond 0.5 somebody else was at work too. */
  loadBefore: number;
  /** Milliseconds to bring 4 KB to the disk, just before the run: what a commit waits for at least. */
  syncToDisk: { p50: number; p99: number };
};

/** Describes this machine, before the run begins. `folder` is where databases will be. */
export function describeMachine(folder: string): Machine {
  const manifest: { version: string } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 1024 ** 3),
    system: `${platform()} ${release()}`,
    node: process.version,
    recado: manifest.version,
    loadBefore: loadavg()[0] ?? 0,
    syncToDisk: measureSync(join(folder, 'sync')),
  };
}

function measureSync(file: string): Machine['syncToDisk'] {
  const descriptor = openSync(file, 'w');
  const block = Buffer.alloc(4_096);
  const times = Array.from({ length: 200 }, () => {
    const began = performance.now();
    writeSync(descriptor, block);
    fdatasyncSync(descriptor);
    return performance.now() - began;
  });
  closeSync(descriptor);
  rmSync(file);
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

/** The machine in sentences. */
export function machineInWords(machine: Machine): string {
  const { processor, cores, memoryGigabytes, system, node, loadBefore, syncToDisk } = machine;
  const busy =
    loadBefore > cores / 2
      ? ' **Others were at work on this machine**, so all figures are worse than it can do.'
      : '';
  return `${cores} cores of ${processor}, ${memoryGigabytes} GB, ${system}, Node ${node.slice(1)}. Before the run the load average was ${loadBefore.toFixed(1)}, and 4 KB reached the disk in ${syncToDisk.p50.toFixed(2)} ms (p50) and ${syncToDisk.p99.toFixed(1)} ms (p99).${busy}`;
}

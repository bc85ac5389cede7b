import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gatewayEnvironment } from '../gateway-environment.ts';
import { median } from '../statistics.ts';
import { type BenchRun, inRounds, type Measure } from './measure.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));

/**
 * How long the command `recado serve` takes until it is ready, on a new database and on its own; its memory. What
 * is measured is the package as it is published; a checkout strips the types of every file as well.
 */
export const measureStartUp: Measure = async (run) => {
  const times: number[] = [];
  const memories: number[] = [];
  const checkoutTimes: number[] = [];
  const recado = buildPackage(run);
  await inRounds(run, run.quick ? 2 : 5, async () => {
    const { milliseconds, megabytes } = await startOnce(run, recado);
    times.push(milliseconds);
    if (megabytes !== null) memories.push(megabytes);
    checkoutTimes.push((await startOnce(run, join(checkout, 'bin/recado.js'))).milliseconds);
  });
  run.say(`ready after ${times.map(Math.round).join(', ')} ms`);
  return [
    {
      what: 'from `recado serve` to /readyz',
      value: median(times) / 1000,
      unit: 's',
      slice: { most: 1.5 },
      aim: { most: 0.7 },
    },
    { what: 'the same in a checkout, from its sources', value: median(checkoutTimes) / 1000, unit: 's' },
    ...(memories.length === 0
      ? []
      : [
          {
            what: 'resident memory, idle',
            value: median(memories),
            unit: 'MB',
            slice: { most: 200 },
            aim: { most: 150 },
          },
        ]),
  ];
};

/** Builds the package into the run's folder. Returns the path of its command. */
function buildPackage(run: BenchRun): string {
  const folder = join(run.folder, 'package');
  mkdirSync(folder);
  const built = spawnSync(process.execPath, [join(checkout, 'scripts/build.ts'), join(folder, 'dist')], {
    cwd: checkout,
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`The package could not be built:\n${built.stdout}${built.stderr}`);
  cpSync(join(checkout, 'bin'), join(folder, 'bin'), { recursive: true });
  cpSync(join(checkout, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(checkout, 'node_modules'), join(folder, 'node_modules'));
  return join(folder, 'bin/recado.js');
}

async function startOnce(
  run: BenchRun,
  recado: string,
): Promise<{ milliseconds: number; megabytes: number | null }> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, [recado, 'serve'], {
    cwd: run.folder,
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      ...gatewayEnvironment({ database: `sqlite:${join(run.folder, 'start-up.db')}`, port }),
    },
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  try {
    while (!(await isReady(port))) {
      if (child.exitCode !== null || performance.now() - began > 20_000) {
        throw new Error('The gateway did not become ready.');
      }
      await after(5);
    }
    const milliseconds = performance.now() - began;
    await after(1_000);
    return { milliseconds, megabytes: child.pid === undefined ? null : residentMegabytes(child.pid) };
  } finally {
    child.kill('SIGTERM');
    const overdue = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await exited;
    clearTimeout(overdue);
  }
}

async function isReady(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
    return answer.status === 200;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}

/** Linux says it; elsewhere it is left out. */
function residentMegabytes(pid: number): number | null {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}

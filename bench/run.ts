/**
 * Measures Recado beside others, interleaved in one run:
 *
 *   npm run bench                       everything, at most 8 minutes
 *   npm run bench -- --quick            less exactly, at most one minute
 *   npm run bench -- --only sending     one measure; several are separated by commas
 *   npm run bench -- --grow             the large feed has ten million events instead of one
 *   npm run bench -- --profile          also says where the gateway's threads spend their time
 *   npm run bench -- --json             the report as data
 *   npm run bench -- --write            also puts the report into docs/performance.md
 *
 * The table comes on the standard output, what goes on meanwhile on the standard error.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureAcknowledgements } from './measures/acknowledgements.ts';
import { measureEngines } from './measures/engines.ts';
import { measureGrowth } from './measures/growth.ts';
import { measureLatency } from './measures/latency.ts';
import type { BenchRun, Measure } from './measures/measure.ts';
import { measurePipeline } from './measures/pipeline.ts';
import { measureReading } from './measures/reading.ts';
import { measureSending } from './measures/sending.ts';
import { measureStartUp } from './measures/start-up.ts';
import { killProcesses } from './processes/start-process.ts';
import { profileGateway } from './profile-gateway.ts';
import { describeMachine } from './report/machine.ts';
import { type Report, reportInMarkdown, reportInText, withSection } from './report/report.ts';

const measures: Record<string, Measure> = {
  'start-up': measureStartUp,
  reading: measureReading,
  acknowledgements: measureAcknowledgements,
  pipeline: measurePipeline,
  sending: measureSending,
  latency: measureLatency,
  engines: measureEngines,
  growth: measureGrowth,
};

const page = new URL('../docs/performance.md', import.meta.url);

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    grow: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

const names = flags.only?.split(',') ?? Object.keys(measures);
const unknown = names.filter((name) => measures[name] === undefined);
if (unknown.length > 0) {
  console.error(
    `Error: There is no measure ${unknown.join(', ')}.\nNext: choose among ${Object.keys(measures).join(', ')}.`,
  );
  process.exit(2);
}

/** In milliseconds. Rounds end early when it is used up; whatever still runs a while later is killed. */
const time = flags.quick ? 50_000 : flags.grow ? 1_500_000 : 450_000;
const until = performance.now() + time;
const folder = mkdtempSync(join(tmpdir(), 'recado-bench-'));
const overdue = setTimeout(
  () => {
    say('The time is long up: what still runs is ended.');
    killProcesses();
  },
  time + (flags.quick ? 10_000 : 30_000),
).unref();
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    killProcesses();
    rmSync(folder, { recursive: true, force: true });
    process.exit(code);
  });
}

const run: BenchRun = {
  folder,
  rounds: flags.quick ? 2 : 3,
  load: flags.quick ? 800 : 3_000,
  connections: 64,
  quick: flags.quick,
  largeFeed: flags.grow ? 10_000_000 : flags.quick ? 20_000 : 1_000_000,
  timeLeft: () => performance.now() < until,
  say,
};
const report: Report = {
  date: new Date().toISOString(),
  machine: describeMachine(folder),
  readings: [],
  missing: [],
  profile: [],
};

try {
  for (const name of names) await measureOne(name);
  if (flags.profile || flags.write) {
    say('Profiling.');
    report.profile = await profileGateway(run);
  }
} finally {
  clearTimeout(overdue);
  killProcesses();
  rmSync(folder, { recursive: true, force: true });
}
if (flags.write) {
  writeFileSync(page, withSection(readFileSync(page, 'utf8'), reportInMarkdown(report)));
}
console.log(flags.json ? JSON.stringify(report, null, 2) : reportInText(report));
if (report.missing.length > 0) process.exitCode = 1;

async function measureOne(name: string): Promise<void> {
  const measure = measures[name];
  if (measure === undefined) return;
  if (!run.timeLeft()) {
    report.missing.push({ measure: name, reason: 'The time was used up by the measures before it.' });
    return;
  }
  say(`Measuring ${name}.`);
  try {
    report.readings.push(...(await measure({ ...run, folder: mkdtempSync(join(folder, `${name}-`)) })));
  } catch (failure) {
    killProcesses();
    report.missing.push({
      measure: name,
      reason: failure instanceof Error ? failure.message : String(failure),
    });
  }
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

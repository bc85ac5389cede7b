/**
 * Measures what metrics, spans and alarms cost where every webhook and every send passes, in nanoseconds:
 *
 *   node scripts/measure-telemetry.ts
 *
 * Without an OpenTelemetry SDK, as most installations run.
 */
import { createMetrics } from '../src/adapters/telemetry/metrics.ts';
import { createTracing } from '../src/adapters/telemetry/tracing.ts';
import { createAlarms } from '../src/flows/upkeep/alarms.ts';

const ROUNDS = 500_000;

const metrics = createMetrics({
  read: () => Promise.reject(new Error('nothing to read')),
  now: () => Date.now(),
  openAlarms: () => [],
  openStreams: () => 0,
});
const tracing = createTracing();
const alarms = await createAlarms({
  store: {
    readOpenAlarms: async () => [],
    putAlarms: async (changes) => changes.map(() => true),
    markTold: async () => undefined,
    forgetAlarms: async () => 0,
  },
  recipients: [],
  checks: [],
  clock: { now: () => Date.now() },
  newAlarmId: () => 'al_0000000000000001',
  report: {
    alarm: () => undefined,
    notTold: () => undefined,
    checkFailed: () => undefined,
    recordFailed: () => undefined,
  },
  nudge: () => undefined,
  recorded: () => undefined,
});

function measure(what: string, work: (round: number) => void): void {
  for (let round = 0; round < ROUNDS / 10; round += 1) work(round);
  const began = process.hrtime.bigint();
  for (let round = 0; round < ROUNDS; round += 1) work(round);
  report(what, Number(process.hrtime.bigint() - began));
}

async function measureAsync(what: string, work: () => Promise<unknown>): Promise<void> {
  for (let round = 0; round < ROUNDS / 10; round += 1) await work();
  const began = process.hrtime.bigint();
  for (let round = 0; round < ROUNDS; round += 1) await work();
  report(what, Number(process.hrtime.bigint() - began));
}

function report(what: string, nanoseconds: number): void {
  process.stdout.write(`${String(Math.round(nanoseconds / ROUNDS)).padStart(6)} ns  ${what}\n`);
}

const done = Promise.resolve();
measure('metrics of an acknowledged webhook with one event', (round) => {
  metrics.webhookAcknowledged({ bytes: 600 + (round % 1000), milliseconds: (round % 50) / 10 });
  metrics.eventsAppended('message', 1);
});
measure('two readings of the process clock', () => {
  performance.now();
  performance.now();
});
await measureAsync('an awaited promise, to compare', () => done);
await measureAsync('the span of a webhook, awaited', () => tracing.receive({ bytes: 600 }, () => done));
measure('metrics of a send', (round) => {
  metrics.attempted({
    id: 'nt_1.1',
    notificationId: 'nt_1',
    number: 1,
    startedAt: round,
    finishedAt: round + 80,
    result: { outcome: 'accepted', messageId: 'w', metaHold: false, waId: null, userId: null, input: null },
  });
});
measure('an accepted send while no alarm is open', (round) => {
  alarms.resolve('access-token-refused', '200100200100200', round);
});
measure('the recurring cause of an open alarm', () => {
  alarms.raise({ code: 'access-token-refused', subject: '200100200100200', facts: 'Meta answered #190.' });
});
metrics.close();

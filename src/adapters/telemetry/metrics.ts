import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Alarm } from '../../domain/alarm.ts';
import type { EventKind } from '../../domain/event.ts';
import type { FailureCode } from '../../domain/failure.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Attempt, Notification } from '../../domain/notification.ts';
import type { LaneQueue } from '../../flows/upkeep/checks/queue.ts';
import type { Forgotten } from '../../flows/upkeep/retention.ts';
import { registerProcessMetrics } from './process-metrics.ts';

/** What is asked of the store when somebody measures. */
export type StoreReadings = {
  feedPosition: number;
  lag: { lane: Lane; positions: number }[];
  waiting: { state: string; count: number }[];
  databaseBytes: number;
  walBytes: number;
  freePages: number;
  /** In seconds; null when no transaction keeps dead rows. */
  pinnedSeconds: number | null;
  deadRows: number;
  queues: LaneQueue[];
  /** The lanes whose state this process alone changes. */
  lanesOwned: number;
};

/** Counts what happens, and writes it down for Prometheus. No label holds personal data, and each is bounded. */
export type Metrics = {
  /** Milliseconds from the request's headers to its answer. */
  webhookAcknowledged(facts: { bytes: number; milliseconds: number }): void;
  /** `reason` is one of the door's own words. */
  webhookRefused(reason: string): void;
  webhooksCommitted(facts: { webhooks: number; bytes: number; milliseconds: number }): void;
  eventsAppended(kind: EventKind, count: number): void;
  /** Elements of webhooks that were in the feed already. */
  duplicates(count: number): void;
  attempted(attempt: Attempt): void;
  /** A notification came into a state; each change is counted once. */
  notificationChanged(notification: Pick<Notification, 'state' | 'failure'>): void;
  /** A try to fetch the file of a message ended: with its bytes, or with a failure. */
  /** Tries to deliver to endpoints were written down. */
  forwarded(commit: { attempts: readonly { delivered: boolean }[]; dead: readonly unknown[] }): void;
  mediaFetched(result: { bytes: number } | { failure: FailureCode }): void;
  /** What was deleted because it is older than the retention. */
  forgotten(what: Forgotten | 'files', count: number): void;
  /** For the header `Content-Type`. */
  contentType: string;
  /** All metrics in Prometheus' text format. Never throws: what cannot be read is left out. */
  text(): Promise<string>;
  /** Name, type, labels and help of every metric, for the documents. */
  described(): { name: string; type: string; labels: string[]; help: string }[];
  close(): void;
};

const LATENCY = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const BYTES = [256, 512, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304];

/**
 * Makes the metrics of one gateway, in a registry of its own.
 *
 * A webhook with one event costs 1.2 µs here, a send 0.6 µs (Node 26, one of two shared cores): at 5,000
 * acknowledgements a second 0.6 % of the main thread. `node scripts/measure-telemetry.ts` measures it.
 */
export function createMetrics(options: {
  read(): Promise<StoreReadings>;
  now(): number;
  openAlarms(): readonly Alarm[];
  openStreams(): number;
}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name, help, labelNames, registers });
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name, help, buckets, registers });

  const webhooks = counter('recado_webhooks_total', 'Webhooks answered: acknowledged, or why not.', [
    'outcome',
  ]);
  const ackSeconds = histogram(
    'recado_webhook_ack_seconds',
    'Time from a webhook’s headers to its acknowledgement.',
    LATENCY,
  );
  const bodyBytes = histogram('recado_webhook_body_bytes', 'Size of acknowledged webhooks.', BYTES);
  const batchWebhooks = histogram(
    'recado_commit_webhooks',
    'Webhooks that shared a commit.',
    [1, 2, 4, 8, 16, 32, 64, 128],
  );
  const batchBytes = histogram('recado_commit_bytes', 'Bytes of webhooks that shared a commit.', BYTES);
  const commitSeconds = histogram('recado_commit_seconds', 'Time that a commit of webhooks took.', LATENCY);
  const events = counter('recado_events_total', 'Events appended to the feed, by kind.', ['kind']);
  const duplicates = counter(
    'recado_duplicates_total',
    'Elements of webhooks that were in the feed already, or gave another content under the same key.',
  );
  const attempts = counter('recado_send_attempts_total', 'Tries to send, by how they ended.', ['outcome']);
  const sendSeconds = histogram('recado_send_seconds', 'Time from a try to send to its end.', LATENCY);
  const refusals = counter(
    'recado_send_refusals_total',
    'Tries to send that Meta refused, by failure code; those that are tried again are among them.',
    ['code'],
  );
  const changes = counter('recado_notification_changes_total', 'Changes of notifications, by new state.', [
    'state',
  ]);
  const failures = counter(
    'recado_notification_failures_total',
    'Notifications that failed or expired, by failure code.',
    ['code'],
  );
  const forwards = counter(
    'recado_forwards_total',
    'Tries to deliver an event to an endpoint, by outcome; `given-up`: events that are dead letters now.',
    ['outcome'],
  );
  const mediaFetches = counter(
    'recado_media_fetches_total',
    'Tries to fetch the file of a message: `kept`, or the failure code.',
    ['outcome'],
  );
  const mediaBytes = counter('recado_media_bytes_total', 'Bytes of files that were fetched and kept.');
  const forgotten = counter(
    'recado_forgotten_total',
    'What was deleted because it is older than the retention.',
    ['what'],
  );
  const readable = gauge(
    'recado_store_readable',
    '1 when the store could be read for this measurement, else 0; then what is read from it is left out.',
  );
  const feedPosition = gauge('recado_feed_position', 'Position of the newest event.');
  const laneLag = gauge(
    'recado_lane_lag_positions',
    'Positions between a lane’s newest event and its cursor, for the 100 lanes that lag most.',
    ['lane'],
  );
  const lanesOwned = gauge(
    'recado_lanes_owned',
    'Lanes that this process owns: it alone folds and sends them. On SQLite, all that there are.',
  );
  const waiting = gauge(
    'recado_notifications_waiting',
    'Notifications that are queued, sending or unknown, counted up to 100,000.',
    ['state'],
  );
  const due = gauge('recado_notifications_due', 'Queued notifications that are due, counted up to 10,001.', [
    'lane',
  ]);
  const oldestDue = gauge(
    'recado_oldest_due_seconds',
    'For how long the oldest queued notification is due; 0 when none is.',
  );
  const databaseBytes = gauge('recado_database_bytes', 'Size of the database, without its log.');
  const walBytes = gauge('recado_database_wal_bytes', 'Size of the database’s write-ahead log.');
  const freePages = gauge('recado_database_free_pages', 'Pages inside the database that hold nothing.');
  const pinned = gauge(
    'recado_database_pinned_seconds',
    'For how long the oldest transaction of PostgreSQL keeps dead rows from being cleaned up; 0 when none does.',
  );
  const deadRows = gauge(
    'recado_database_dead_rows',
    'Dead rows that wait for being cleaned up, as PostgreSQL estimates.',
  );
  const alarms = gauge('recado_alarms_open', 'Open alarms, by code.', ['code']);
  const streams = gauge('recado_event_streams_open', 'Readers of the event stream.');
  const process = registerProcessMetrics(registry);

  const ofStore = [
    feedPosition,
    laneLag,
    lanesOwned,
    waiting,
    due,
    oldestDue,
    databaseBytes,
    walBytes,
    freePages,
    pinned,
    deadRows,
  ];

  async function readStore(): Promise<void> {
    for (const metric of ofStore) metric.reset();
    try {
      const found = await options.read();
      feedPosition.set(found.feedPosition);
      for (const { lane, positions } of found.lag) laneLag.set({ lane }, positions);
      lanesOwned.set(found.lanesOwned);
      for (const { state, count } of found.waiting) waiting.set({ state }, count);
      for (const queue of found.queues) due.set({ lane: queue.lane }, queue.due);
      const since = Math.min(
        ...found.queues.map(({ oldestDueAt }) => oldestDueAt ?? Number.POSITIVE_INFINITY),
      );
      oldestDue.set(Number.isFinite(since) ? Math.max(0, options.now() - since) / 1000 : 0);
      databaseBytes.set(found.databaseBytes);
      walBytes.set(found.walBytes);
      freePages.set(found.freePages);
      pinned.set(found.pinnedSeconds ?? 0);
      deadRows.set(found.deadRows);
      readable.set(1);
    } catch {
      readable.set(0);
    }
  }

  return {
    webhookAcknowledged({ bytes, milliseconds }) {
      webhooks.inc({ outcome: 'acknowledged' });
      ackSeconds.observe(milliseconds / 1000);
      bodyBytes.observe(bytes);
    },
    webhookRefused: (reason) => webhooks.inc({ outcome: reason }),
    webhooksCommitted(facts) {
      batchWebhooks.observe(facts.webhooks);
      batchBytes.observe(facts.bytes);
      commitSeconds.observe(facts.milliseconds / 1000);
    },
    eventsAppended: (kind, count) => events.inc({ kind }, count),
    duplicates: (count) => duplicates.inc(count),
    attempted({ startedAt, finishedAt, result }) {
      attempts.inc({ outcome: result.outcome });
      sendSeconds.observe(Math.max(0, finishedAt - startedAt) / 1000);
      if (result.outcome === 'refused') refusals.inc({ code: result.failure.code });
    },
    notificationChanged({ state, failure }) {
      changes.inc({ state });
      if ((state === 'failed' || state === 'expired') && failure !== null)
        failures.inc({ code: failure.code });
    },
    forwarded({ attempts, dead }) {
      const delivered = attempts.filter((attempt) => attempt.delivered).length;
      if (delivered > 0) forwards.inc({ outcome: 'delivered' }, delivered);
      if (attempts.length > delivered) forwards.inc({ outcome: 'failed' }, attempts.length - delivered);
      if (dead.length > 0) forwards.inc({ outcome: 'given-up' }, dead.length);
    },
    mediaFetched(result) {
      mediaFetches.inc({ outcome: 'failure' in result ? result.failure : 'kept' });
      if ('bytes' in result) mediaBytes.inc(result.bytes);
    },
    forgotten: (what, count) => forgotten.inc({ what }, count),
    contentType: registry.contentType,
    async text() {
      await readStore();
      alarms.reset();
      for (const { code } of options.openAlarms()) alarms.inc({ code });
      streams.set(options.openStreams());
      process.read();
      return registry.metrics();
    },
    described: () =>
      registry.getMetricsAsArray().map((metric) => ({
        name: metric.name,
        type: String(metric.type),
        labels:
          'labelNames' in metric && Array.isArray(metric.labelNames) ? metric.labelNames.map(String) : [],
        help: metric.help,
      })),
    close: () => process.close(),
  };
}

import { statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { createAlertMail } from '../adapters/alerts/alert-mail.ts';
import { createAlertWebhook } from '../adapters/alerts/alert-webhook.ts';
import type { Store } from '../adapters/store/store.ts';
import type { BusinessEvents } from '../adapters/telemetry/business-events.ts';
import { createMetrics, type Metrics } from '../adapters/telemetry/metrics.ts';
import { createTracing, type Tracing } from '../adapters/telemetry/tracing.ts';
import type { Config } from '../config/config.ts';
import { type AlarmCode, QUEUE_LENGTH } from '../domain/alarm.ts';
import type { FailureCode } from '../domain/failure.ts';
import { businessPhoneOf, type Lane } from '../domain/lane.ts';
import type { Attempt } from '../domain/notification.ts';
import { type CircuitFailure, circuitFailures } from '../domain/pacing/circuit.ts';
import type { BusinessPhoneView, PhoneNews } from '../flows/business-phone-contract.ts';
import type { FoldedLane } from '../flows/inbound/fold-lane.ts';
import type { AppendedWebhook, IncomingWebhook } from '../flows/inbound/receive-webhook.ts';
import type { SettingView } from '../flows/live-settings.ts';
import type { SendMessage } from '../flows/outbound/send-due.ts';
import type { DoctorRuns } from '../flows/setup/doctor-runs.ts';
import { type AlarmCheck, createAlarms } from '../flows/upkeep/alarms.ts';
import { createAccountChecks } from '../flows/upkeep/checks/account.ts';
import { createClockSkewCheck } from '../flows/upkeep/checks/clock-skew.ts';
import { type CommitWatch, createCommitWatch } from '../flows/upkeep/checks/commits.ts';
import { createDiskSpaceCheck, type DiskSpace } from '../flows/upkeep/checks/disk-space.ts';
import { createEndpointChecks } from '../flows/upkeep/checks/endpoints.ts';
import { createFilesCheck } from '../flows/upkeep/checks/files.ts';
import { createQueueCheck } from '../flows/upkeep/checks/queue.ts';
import { createSendingStoppedCheck } from '../flows/upkeep/checks/sending-stopped.ts';
import { createSetupCheck } from '../flows/upkeep/checks/setup.ts';
import { createSilenceCheck } from '../flows/upkeep/checks/silence.ts';
import { newAlarmId } from '../flows/upkeep/new-alarm-id.ts';
import type { Clock } from '../runtime/clock.ts';
import { createLifetime } from '../runtime/lifetime.ts';
import { type Loop, startLoop } from '../runtime/loop.ts';
import type { ReceiveWebhook, WebhookDoorReport } from '../server/webhook-route.ts';
import type { WorkShare } from './share-work.ts';

/** Watches over a gateway: metrics, spans and alarms, put around its parts. */
export type Watch = {
  /** The store, with everything that is written counted. */
  store: Store;
  metrics: Pick<Metrics, 'contentType' | 'text' | 'forgotten' | 'mediaFetched'>;
  /** Around the parts on the way of a webhook and of a notification. */
  receive(store: ReceiveWebhook['store']): ReceiveWebhook['store'];
  appended(webhook: IncomingWebhook, result: AppendedWebhook): void;
  fold: Tracing['fold'];
  send(sendMessage: SendMessage): SendMessage;
  door(report: WebhookDoorReport): WebhookDoorReport;
  /** Around the way in which the event stream listens to the feed. */
  streams(listen: (listener: () => void) => () => void): (listener: () => void) => () => void;
  /** Whether what Meta brings can be committed at present. */
  commits: Pick<CommitWatch, 'areRefused'>;
  /** A business phone was changed: alarms that this answers resolve. */
  phoneChanged(businessPhoneId: string, change: PhoneNews): void;
  /** The failure of which an open alarm says that all messages of a business phone meet it; null when there is none. */
  openFailure(businessPhoneId: string): CircuitFailure | null;
  /**
   * Begins to look and to tell; `recorded` is called when events of alarms are in the feed. Alarms about sending
   * from business phones that are not ours any more resolve.
   */
  start(parts: {
    recorded(): void;
    listSettings(): SettingView[];
    listPhones(): Promise<BusinessPhoneView[]>;
    isOurs(businessPhoneId: string): boolean;
    /** What doctor found red. */
    reds: DoctorRuns['reds'];
  }): void;
  /** Resolves once everything seen so far is kept, and told to whoever can be reached. */
  drain(): Promise<void>;
  close(): Promise<void>;
};

/** The alarms that only another message of the same business phone would resolve. */
const provenBySending: readonly AlarmCode[] = [
  'access-token-refused',
  'business-phone-not-registered',
  'sending-locked',
  'payment-problem',
];

/** The failures of a send that raise an alarm about the business phone. */
const alarmOf: Partial<Record<FailureCode, AlarmCode>> = {
  'access-token-refused': 'access-token-refused',
  'business-phone-not-registered': 'business-phone-not-registered',
  'account-restricted': 'sending-locked',
  'payment-problem': 'payment-problem',
};

/** How much of a long queue is counted when somebody measures. */
const COUNTED = 100_000;

/** Makes the watch over a gateway; it reads what alarms are open. */
export async function createWatch(options: {
  store: Store;
  config: Config;
  clock: Clock;
  events: BusinessEvents;
  /** Null where no other process works on the database. */
  share: Pick<WorkShare, 'isWatcher' | 'lanesHeld'> | null;
  /** The disk under the database; asked of the operating system when left out. */
  diskSpace?: () => Promise<DiskSpace>;
  reasonOf(failure: unknown): string;
}): Promise<Watch> {
  const { store, config, clock, events, share } = options;
  const lifetime = createLifetime();
  const tracing = createTracing();
  const commits = createCommitWatch({
    clock,
    proveCommit: () => store.proveCommit(),
    // Each process hears of its own webhooks only, and goes by the address under which it will be back.
    subject: share === null ? 'installation' : `${hostname()}:${config.http.port}`,
  });
  let loop: Loop | null = null;
  let feedGrew: () => void = () => {};
  let listSettings: () => SettingView[] = () => [];
  let listPhones: () => Promise<BusinessPhoneView[]> = async () => [];
  let isOurs = (_businessPhoneId: string) => true;
  let reds: DoctorRuns['reds'] = () => [];
  let openStreams = 0;

  const alarms = await createAlarms({
    store,
    recipients: recipientsOf(config, (close) => lifetime.opened(close)),
    checks: [
      commits.check,
      createFilesCheck({
        readMediaBacklog: (receivedBefore) => store.readMediaBacklog(receivedBefore),
        clock,
      }),
      ...createEndpointChecks({ readEndpointStandings: () => store.readEndpointStandings(), clock }),
      createQueueCheck({ readQueues: (now, limit) => store.readQueues(now, limit), clock }),
      createSendingStoppedCheck(() => listSettings()),
      ...createAccountChecks({
        readAccountFacts: (names) => store.readAccountFacts(names),
        listPhones: () => listPhones(),
        clock,
      }),
      createSilenceCheck({
        readSilence: (acceptedSince) => store.readSilence(acceptedSince),
        listSeenPhones: () => store.listSeenPhones(),
        clock,
      }),
      createSetupCheck(() => reds()),
      ...diskChecks(options.diskSpace, config),
      ...(store.clock === null ? [] : [createClockSkewCheck(store.clock.skew)]),
    ],
    clock,
    ...(share === null ? {} : { watches: share.isWatcher }),
    newAlarmId: () => newAlarmId(clock.now()),
    report: {
      alarm: (notice) => events.alarm(notice),
      notTold: (facts) => events.alarmNotTold(facts),
      checkFailed: (code, failure) => events.alarmCheckFailed(code, failure),
      recordFailed: (failure) => events.storeUnavailable({ reason: options.reasonOf(failure) }),
    },
    nudge: () => loop?.nudge(),
    recorded(count) {
      metrics.eventsAppended('alarm', count);
      feedGrew();
    },
  });
  const metrics = createMetrics({
    read: async () => {
      const [health, queues, lanes] = await Promise.all([
        store.readHealth(COUNTED),
        store.readQueues(clock.now(), QUEUE_LENGTH + 1),
        store.readLanes(),
      ]);
      return { ...health, queues, lanesOwned: share?.lanesHeld() ?? lanes.length };
    },
    now: () => clock.now(),
    openAlarms: () => alarms.open(),
    openStreams: () => openStreams,
  });
  lifetime.opened(() => metrics.close());
  lifetime.opened(() => alarms.stop());

  /** What Meta answered to a send says whether the business phone can send at all. */
  function attempted(lane: Lane, attempt: Attempt): void {
    metrics.attempted(attempt);
    const subject = businessPhoneOf(lane) ?? lane;
    const { result, startedAt } = attempt;
    if (result.outcome === 'accepted') {
      for (const code of provenBySending) alarms.resolve(code, subject, startedAt);
    } else if (result.outcome === 'refused') {
      const { code, metaCode } = result.failure;
      const alarm = alarmOf[code];
      if (alarm === undefined) return;
      // It was taken out of service while the message was on its way: nothing would ever resolve it.
      if (!isOurs(subject)) return;
      alarms.raise({ code: alarm, subject, facts: `Meta answered #${metaCode}.` });
    }
  }

  function phoneChanged(businessPhoneId: string, change: PhoneNews): void {
    const now = clock.now();
    if (change === 'access-token') {
      const because = 'The access token of this business phone was changed.';
      alarms.resolve('access-token-refused', businessPhoneId, now, because);
      return;
    }
    if (change === 'registered') {
      const because = 'Meta has registered this business phone.';
      alarms.resolve('business-phone-not-registered', businessPhoneId, now, because);
      return;
    }
    const because = 'This business phone is not ours any more.';
    for (const code of provenBySending) alarms.resolve(code, businessPhoneId, now, because);
  }

  function folded(result: FoldedLane): FoldedLane {
    if (result.ownEvents > 0) {
      commits.committed();
      metrics.eventsAppended('notification', result.ownEvents);
    }
    for (const notification of result.notifications) metrics.notificationChanged(notification);
    return result;
  }

  const watched: Store = {
    ...store,
    async appendWebhooks(batch) {
      const began = performance.now();
      const results = await store.appendWebhooks(batch);
      commits.committed();
      metrics.webhooksCommitted({
        webhooks: batch.length,
        bytes: batch.reduce((bytes, webhook) => bytes + webhook.body.byteLength, 0),
        milliseconds: performance.now() - began,
      });
      return results;
    },
    foldLane: async (...asked) => folded(await store.foldLane(...asked)),
    refoldLane: async (...asked) => folded(await store.refoldLane(...asked)),
    async commitLane(commit) {
      await store.commitLane(commit);
      commits.committed();
      const { changes } = commit;
      if (changes.events.length > 0) metrics.eventsAppended('notification', changes.events.length);
      for (const notification of changes.notifications) metrics.notificationChanged(notification);
    },
    async commitForwarding(commit) {
      const free = await store.commitForwarding(commit);
      metrics.forwarded(commit);
      return free;
    },
    async insertNotification(insert) {
      const inserted = await store.insertNotification(insert);
      if (inserted.outcome === 'inserted') {
        metrics.eventsAppended('notification', 1);
        metrics.notificationChanged(inserted.notification);
      }
      return inserted;
    },
    async recordAttempt(lane, attempt) {
      await store.recordAttempt(lane, attempt);
      attempted(lane, attempt);
    },
  };

  return {
    store: watched,
    metrics,
    receive: (keep) => (webhook) => tracing.receive({ bytes: webhook.body.byteLength }, () => keep(webhook)),
    appended(webhook, { fresh }) {
      const added = fresh.flatMap((index) => webhook.events[index] ?? []);
      for (const { kind } of added) metrics.eventsAppended(kind, 1);
      const known = webhook.events.length - added.length;
      if (known > 0) metrics.duplicates(known);
      tracing.appended({
        lanes: added.map(({ lane }) => lane),
        events: webhook.events.length,
        fresh: added.length,
      });
    },
    fold: tracing.fold,
    send: (sendMessage) => (request) => tracing.send(request, () => sendMessage(request)),
    door: (report) => ({
      ...report,
      acknowledged: (facts) => metrics.webhookAcknowledged(facts),
      refused(refusal, sentence, error) {
        metrics.webhookRefused(refusal);
        if (refusal === 'not-committed' || refusal === 'budget-full') commits.refused();
        report.refused(refusal, sentence, error);
      },
    }),
    streams: (listen) => (listener) => {
      const end = listen(listener);
      let ended = false;
      openStreams += 1;
      return () => {
        if (!ended) openStreams -= 1;
        ended = true;
        end();
      };
    },
    commits,
    phoneChanged,
    openFailure: (businessPhoneId) =>
      circuitFailures.find((failure) =>
        alarms.open().some(({ code, subject }) => code === alarmOf[failure] && subject === businessPhoneId),
      ) ?? null,
    start(parts) {
      feedGrew = parts.recorded;
      listSettings = parts.listSettings;
      listPhones = parts.listPhones;
      isOurs = parts.isOurs;
      reds = parts.reds;
      for (const { code, subject } of alarms.open()) {
        if (provenBySending.includes(code) && !isOurs(subject)) phoneChanged(subject, 'removed');
      }
      const started = startLoop(
        () => alarms.step(),
        (failure) => events.storeUnavailable({ reason: options.reasonOf(failure) }),
      );
      loop = started;
      const stopListening = clock.onJump?.(started.nudge);
      lifetime.opened(async () => {
        stopListening?.();
        await alarms.stop();
        await started.stop();
      });
    },
    drain: async () => {
      await loop?.drain();
      await alarms.idle();
    },
    close: () => lifetime.close(),
  };
}

function recipientsOf({ alerts, publicUrl }: Config, opened: (close: () => Promise<void>) => void) {
  const webhook =
    alerts.webhookUrl === null
      ? null
      : createAlertWebhook({ url: alerts.webhookUrl, gateway: publicUrl ?? hostname() });
  if (webhook !== null) opened(() => webhook.close());
  return [
    ...(webhook === null ? [] : [webhook]),
    ...(alerts.mail === null ? [] : [createAlertMail(alerts.mail)]),
  ];
}

function diskChecks(diskSpace: (() => Promise<DiskSpace>) | undefined, { database }: Config): AlarmCheck[] {
  if (diskSpace !== undefined) return [createDiskSpaceCheck(diskSpace)];
  return database.postgres === null ? [createDiskSpaceCheck(() => spaceAround(database.file))] : [];
}

/** The space on the disk of the database; null with PostgreSQL, whose disk is a matter of whoever runs it. */
export async function diskSpaceOf({ file, postgres }: Config['database']): Promise<DiskSpace | null> {
  return postgres === null ? spaceAround(file) : null;
}

async function spaceAround(file: string): Promise<DiskSpace> {
  const { bavail, blocks, bsize } = await statfs(dirname(file));
  return { free: bavail * bsize, total: blocks * bsize };
}

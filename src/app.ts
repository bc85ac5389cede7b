import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { createGraphApi } from './adapters/graph-api/graph-api.ts';
import { createSecretBox } from './adapters/secrets/secret-box.ts';
import { openStore } from './adapters/store/open-store.ts';
import { StoreFailure } from './adapters/store/store-failure.ts';
import { type BusinessEvents, createBusinessEvents } from './adapters/telemetry/business-events.ts';
import { createLog } from './adapters/telemetry/log.ts';
import { announcedTunnel } from './adapters/tunnel/tunnel-file.ts';
import type { Config } from './config/config.ts';
import { isMetasGraph, phoneNumberIdMistake } from './config/meta-shapes.ts';
import { createDoctor } from './doctor.ts';
import { checkOf } from './domain/failure.ts';
import { type Lane, phoneLane } from './domain/lane.ts';
import type { Notification } from './domain/notification.ts';
import { createIssueApiKey } from './flows/access/issue-api-key.ts';
import { createKeyUses } from './flows/access/note-key-use.ts';
import { openBusinessPhones } from './flows/business-phones.ts';
import { createChangeOptOut } from './flows/change-opt-out.ts';
import { createGiveCommand } from './flows/commands/give-command.ts';
import { obeyCommands } from './flows/commands/obey.ts';
import type { Reached } from './flows/crash-points.ts';
import { type FoldedLane, foldLane } from './flows/inbound/fold-lane.ts';
import { createPlaceEvent } from './flows/inbound/place-event.ts';
import {
  type AppendedWebhook,
  createReceiveWebhook,
  type IncomingWebhook,
  rawOnlyWebhook,
  type VerifiedWebhook,
} from './flows/inbound/receive-webhook.ts';
import { refoldLane } from './flows/inbound/refold-lane.ts';
import { createRereadRuns } from './flows/inbound/reread-runs.ts';
import { openLiveSettings } from './flows/live-settings.ts';
import { adoptLane } from './flows/outbound/adopt-lane.ts';
import { createBatches } from './flows/outbound/batches.ts';
import { createConsiderNotification } from './flows/outbound/consider.ts';
import { endOverdue } from './flows/outbound/end-overdue.ts';
import { explainWaiting } from './flows/outbound/explain-waiting.ts';
import { createFeedBatches } from './flows/outbound/feed-batches.ts';
import { createLanePaces } from './flows/outbound/lane-pace.ts';
import { createThroughputs } from './flows/outbound/learn-throughput.ts';
import { createMarkRead } from './flows/outbound/mark-read.ts';
import { newNotificationId } from './flows/outbound/new-notification-id.ts';
import { createPermittedRecipients } from './flows/outbound/permitted-recipients.ts';
import { createSendDue, type Sender } from './flows/outbound/send-due.ts';
import { settleAttempts } from './flows/outbound/settle-attempts.ts';
import { createTakeNotification } from './flows/outbound/take.ts';
import { createOwnLanes } from './flows/own-lanes.ts';
import { createRegisterPhone } from './flows/register-phone.ts';
import { createConnect } from './flows/setup/connect.ts';
import { createChangeTemplates } from './flows/templates/change-templates.ts';
import { createLookUpTemplate } from './flows/templates/look-up-template.ts';
import { createSyncTemplates } from './flows/templates/sync-templates.ts';
import { isSkewed, skewInWords } from './flows/upkeep/checks/clock-skew.ts';
import type { DiskSpace } from './flows/upkeep/checks/disk-space.ts';
import { createRetention } from './flows/upkeep/retention.ts';
import { followOthers } from './follow-others.ts';
import { type Clock, processClock, type SharedClock } from './runtime/clock.ts';
import { createGroupCommit } from './runtime/group-commit.ts';
import { type LeaseTimes, leaseTimes } from './runtime/hold-leases.ts';
import type { LeaseStore } from './runtime/lease.ts';
import { createLifetime } from './runtime/lifetime.ts';
import { startLoop } from './runtime/loop.ts';
import { onlyThisMachine, reachableHost } from './runtime/reachable-host.ts';
import { createAuthentication } from './server/authentication.ts';
import { createServer } from './server/server.ts';
import { webhookRefusals } from './server/webhook-refusals.ts';
import { createWebhookRoute, type WebhookDoorReport } from './server/webhook-route.ts';
import { allWork, noWork, sharedWork, type WorkShare } from './share-work.ts';
import { createWatch, diskSpaceOf } from './watch.ts';
import { createEventKeys } from './whatsapp/event-key.ts';
import { parseWebhook } from './whatsapp/parse-webhook.ts';

/**
 * How often templates are read from Meta's books beside what webhooks bring about, in milliseconds: at 100 a page it
 * is far from Meta's limit of calls (meta-facts §6).
 */
const TEMPLATES_EVERY = 6 * 60 * 60_000;

/** What a test or the sandbox puts in the place of a part. */
export type GatewayOverrides = {
  clock?: Clock;
  /** Gives numbers from 0 to 1, for the times of retries. */
  jitter?: () => number;
  /** Where log lines go; the standard output when left out. */
  writeLog?: (line: string) => void;
  /** How long leases last among several processes, and how often they are renewed. */
  leases?: LeaseTimes;
  /** Told of each crash point that is passed. */
  reached?: Reached;
  /** The disk under the database, in bytes. */
  diskSpace?: () => Promise<DiskSpace>;
  /** Measures how long answers through the public address take, in milliseconds. */
  stopwatch?: () => number;
  /** Further routes: the sandbox's page. */
  extensions?: ((fastify: FastifyInstance) => void)[];
  /** Whether a request carries a session that may use the API. */
  sessionAllowed?: (request: IncomingMessage) => boolean;
};

/** A running gateway. */
export type Gateway = {
  /** Where it listens for webhooks, as it can be reached from this machine. */
  url: string;
  /** Where the API and the pages are: the same, unless ADMIN_PORT is set. */
  adminUrl: string;
  webhookUrl: string;
  /** Resolves once everything that was received, taken or sent so far is in the state. */
  drain(): Promise<void>;
  /** Stops receiving, finishes what has begun, and closes everything. */
  close(): Promise<void>;
};

/**
 * Starts a gateway: the one place where parts are made and joined.
 *
 * @throws StartError when it cannot start for a reason that a person can remove
 */
export async function createGateway(config: Config, overrides: GatewayOverrides = {}): Promise<Gateway> {
  const reached = overrides.reached ?? (() => {});
  const lifetime = createLifetime();
  const log = createLog({
    format: config.log.format,
    level: config.log.level,
    personalData: config.log.personalData,
    ...(overrides.writeLog === undefined ? {} : { write: overrides.writeLog }),
  });
  try {
    const warnings: string[] = [];
    const database = await openStore(config.database, (sentence) => warnings.push(sentence));
    lifetime.opened(() => database.close());
    const clock = overrides.clock ?? database.clock ?? processClock();
    const events = createBusinessEvents(log, clock);
    for (const sentence of warnings) events.configurationWarning(sentence);
    const failed = (failure: unknown) => events.storeUnavailable({ reason: reasonOf(failure) });
    const share = shareOf(config, database, overrides.leases ?? leaseTimes, failed);
    const watch = await createWatch({
      store: database,
      share: database.leases === null ? null : share,
      config,
      clock,
      events,
      reasonOf,
      ...(overrides.diskSpace === undefined ? {} : { diskSpace: overrides.diskSpace }),
    });
    lifetime.opened(() => watch.close());
    const { store } = watch;
    const keys = createEventKeys(store.installationKey);
    const appended = createListeners();

    // What changes while it runs: the settings of behaviour, and the business phones with their secrets.
    const settings = await openLiveSettings(store, clock);
    const phones = await openBusinessPhones({
      environment: config.meta,
      store,
      box: createSecretBox(config.encryptionKeys),
      clock,
      changed(id, news) {
        watch.phoneChanged(id, news);
        work.nudge();
      },
    });
    for (const sentence of phones.warnings()) events.configurationWarning(sentence);

    // Inbound: verified bytes become kept events, in group commits.
    const webhooks = createGroupCommit<IncomingWebhook, AppendedWebhook>({
      commit: (batch) => store.appendWebhooks(batch),
      size: (webhook) => webhook.body.byteLength,
      maxItems: 128,
      maxBytes: 1024 * 1024,
      isDataError: (failure) => failure instanceof StoreFailure && failure.kind === 'data',
      salvage: (webhook) => rawOnlyWebhook(webhook, keys),
    });
    const receiving = {
      keys,
      append: async (webhook: IncomingWebhook) => {
        const result = await webhooks.add(webhook);
        watch.appended(webhook, result);
        if (result.fresh.some((index) => webhook.events[index]?.kind === 'template')) templates.soon();
        if (result.webhookId !== null) work.nudge();
        appended.tell();
        return result;
      },
      report: {
        ...events,
        foreignWebhook(facts: { businessPhoneId: string }) {
          if (phones.isOurs(facts.businessPhoneId)) events.unvouchedWebhook(facts);
          else events.foreignWebhook(facts);
        },
      },
      reached,
    };
    // For each webhook anew: which phones are ours depends on the app secret that signed it.
    const receive = (webhook: VerifiedWebhook) =>
      createReceiveWebhook({ ...receiving, phones: phones.vouchedBy(webhook.secretFingerprint) })(webhook);

    // Outbound: taken notifications are sent by the lanes' owner, which is this process.
    const graph = createGraphApi({ baseUrl: config.meta.graphUrl, version: config.meta.graphVersion });
    lifetime.opened(() => graph.close());
    const permitted = createPermittedRecipients(config.onlyTo);
    const laneStore: typeof store = {
      ...store,
      async foldLane(fence, limit) {
        const folded = tellingOwn(await store.foldLane(fence, limit));
        if (folded.messages > 0) paces.received(fence.lane, folded.messages);
        return folded;
      },
      refoldLane: async (fence, limit) => tellingOwn(await store.refoldLane(fence, limit)),
      async commitLane(commit) {
        await store.commitLane(commit);
        if (commit.changes.events.length > 0) appended.tell();
      },
    };
    const tellingOwn = (folded: FoldedLane) => {
      if (folded.ownEvents > 0) appended.tell();
      return folded;
    };
    // Templates: kept as Meta has them in its books.
    const templates = createSyncTemplates({
      store,
      phones,
      readTemplates: graph.reads.readTemplates,
      clock,
      synced: (result) => events.templatesRead(result),
    });
    const templatesEvery = setInterval(templates.soon, TEMPLATES_EVERY);
    templatesEvery.unref();
    lifetime.opened(async () => {
      clearInterval(templatesEvery);
      await templates.idle();
    });
    const lookUp = { store, accountOf: phones.accountOf, clock };

    const settled = (notification: Notification) => events.notificationSettled(reportOf(notification));
    const throughputs = createThroughputs({
      readPhone: graph.reads.readPhone,
      senderOf: phones.senderOf,
      decided: () => settings.current().messagesPerSecond,
      clock,
    });
    const paces = createLanePaces({
      store,
      clock,
      throughputs,
      accountOf: phones.accountOf,
      senderOf: phones.senderOf,
      openFailure: watch.openFailure,
    });
    const sending = createSendDue({
      store: laneStore,
      sendMessage: watch.send(graph.sendMessage),
      senderOf: phones.senderOf,
      permitted,
      paces,
      clock,
      reached,
      // The sender waits for nobody: what was taken was looked at with care.
      lookUpTemplate: createLookUpTemplate({ ...lookUp, sync: null }),
      owns: ({ lane, number }) => share.ownership.fenceOf(lane)?.number === number,
      resume: () => work.nudge(),
      recorded: () => work.nudge(),
      recordFailed: failed,
    });
    const commands = createGiveCommand({ store, clock, given: () => work.nudge() });
    const work = startLoop(
      createOwnLanes(
        laneStore,
        share.ownership,
        {
          adopt: (fence) => adoptLane(fence, laneStore, { clock, settled }),
          fold: (fence) => watch.fold(fence.lane, () => foldLane(fence, laneStore, { reached, settled })),
          refold: (fence) => refoldLane(fence, laneStore),
          settle: (fence) =>
            settleAttempts(fence, laneStore, { clock, jitter: overrides.jitter ?? Math.random, settled }),
          obey: (fence) => obeyCommands(fence, laneStore, { clock, applied: commands.applied, settled }),
          send: (fence) => sending.send(fence),
          endOverdue: (fence) =>
            endOverdue(fence, laneStore, { clock, patience: settings.current().unknownPatience, settled }),
        },
        clock,
        {
          unknownPatience: () => settings.current().unknownPatience,
          webhooksWait: webhooks.busy,
          sendingStopped: () => settings.current().sendingStopped,
        },
      ),
      failed,
    );
    share.start({ leave: (lane) => sending.idle(lane), taken: () => work.nudge() });
    const stopListening = clock.onJump?.(work.nudge);
    lifetime.opened(async () => {
      stopListening?.();
      await sending.stop();
      await throughputs.idle();
      // A last turn takes in what Meta has just answered; when it fails, the next start, or owner, does it.
      await work.drain().catch(() => {});
      await work.stop();
      await share.close().catch(failed);
    });

    // What other processes on the same database change.
    if (store.leases !== null) {
      const others = followOthers({
        lastPosition: () => store.lastPosition(),
        feedGrew() {
          work.nudge();
          appended.tell();
        },
        reload: [settings.reload, phones.reload],
        failed,
      });
      lifetime.opened(() => others.stop());
      const stopHearing = store.onHint(() => {
        others.nudge();
        work.nudge();
      });
      lifetime.opened(() => stopHearing());
    }

    // Upkeep: stored bodies are read again in the background; the lanes' owner folds what that brings.
    const rereads = createRereadRuns({
      store,
      parse: (body) => parseWebhook(body, keys).events,
      place: (event, secretFingerprint) => createPlaceEvent(phones.vouchedBy(secretFingerprint))(event),
      clock,
      isDataError: (failure) => failure instanceof StoreFailure && failure.kind === 'data',
      changed() {
        work.nudge();
        appended.tell();
      },
      failed: failed,
      keptSince() {
        const { retention } = settings.current();
        return retention === null ? 0 : clock.now() - retention;
      },
    });
    lifetime.opened(() => rereads.stop());

    // What is older than the retention is forgotten, a little at a time.
    const retention = startLoop(
      createRetention({
        store,
        retention: () => settings.current().retention,
        mayWork: share.isWatcher,
        webhooksWait: webhooks.busy,
        clock,
        forgotten: watch.metrics.forgotten,
      }),
      failed,
    );
    lifetime.opened(() => retention.stop());

    const considerNotification = createConsiderNotification({
      store,
      phones,
      behaviour: settings.current,
      permitted,
      lookUpTemplate: createLookUpTemplate({ ...lookUp, sync: templates }),
      clock,
    });
    const takeNotification = createTakeNotification({
      store,
      consider: considerNotification,
      behaviour: settings.current,
      newNotificationId: () => newNotificationId(clock.now()),
      digestKey: store.installationKey,
      taken(notification) {
        reportTaken(events, notification);
        work.nudge();
        appended.tell();
      },
    });

    const feeding = startLoop(
      createFeedBatches({ store, take: takeNotification, mayWork: share.isWatcher }),
      failed,
    );
    lifetime.opened(() => feeding.stop());
    const batches = createBatches({
      store,
      giveCommand: commands.give,
      clock,
      digestKey: store.installationKey,
      changed() {
        feeding.nudge();
        work.nudge();
      },
    });
    const door: { url: string | null } = { url: null };
    // A tunnel that is open beats what is configured: it was opened for that.
    const publicUrl = () => announcedTunnel(config.database.file) ?? config.publicUrl;
    const doctor = createDoctor({
      config,
      store,
      phones,
      graph: graph.reads,
      takeNotification,
      diskSpace: overrides.diskSpace ?? (() => diskSpaceOf(config.database)),
      stopwatch: overrides.stopwatch,
      publicUrl,
      listensAt: () => door.url ?? '',
      clock,
      jitter: overrides.jitter ?? Math.random,
      looksByItself: share.isWatcher,
      failed,
      reasonOf,
    });
    lifetime.opened(() => doctor.close());

    const webhookRoute = createWebhookRoute({
      verifyToken: config.meta.verifyToken,
      receive: {
        // Asked for each webhook: the app secrets change while Recado runs.
        get verify() {
          return phones.verifier();
        },
        store: watch.receive(receive),
      },
      receives: config.roles.receive,
      report: watch.door(doctor.door(doorReport(events))),
      probes: doctor.probes,
      clock,
    });
    const keyUses = createKeyUses({
      touchApiKeys: store.touchApiKeys,
      failed: failed,
    });
    lifetime.opened(() => keyUses.idle());
    const registerPhone = createRegisterPhone({
      store,
      phones,
      register: graph.registerPhone,
      configuredPin: config.meta.registrationPin,
      clock,
      registered: (id) => watch.phoneChanged(id, 'registered'),
    });
    const { meta } = config;
    const connection = createConnect({
      reads: graph.reads,
      changes: graph.changes,
      app: { id: meta.appId, secrets: meta.appSecrets },
      verifyToken: meta.verifyToken,
      isMeta: isMetasGraph(meta.graphUrl),
      // A simulator reaches this machine by itself.
      publicUrl: () => publicUrl() ?? (isMetasGraph(meta.graphUrl) ? null : door.url),
      phones: async () =>
        (await phones.list())
          .filter(({ id }) => phones.isOurs(id))
          .map(({ id, wabaId }) => ({ id, wabaId, token: tokenOf(phones.senderOf(phoneLane(id))) })),
      account:
        meta.wabaId === null || meta.accessToken === null
          ? null
          : { id: meta.wabaId, token: meta.accessToken },
      hasPin: meta.registrationPin !== null,
      registerPhone,
      noteAudit: store.noteAudit,
      clock,
    });
    const server = await createServer({
      webhookRoute,
      ports: {
        ...store,
        takeNotification,
        considerNotification,
        async findNotification(id) {
          const story = await store.findNotification(id);
          return story === null ? null : explainWaiting(story, watch.openFailure);
        },
        async listNotifications(query) {
          const stories = await store.listNotifications(query);
          return stories.map((story) => explainWaiting(story, watch.openFailure));
        },
        batches,
        giveCommand: commands.give,
        settings,
        businessPhones: phones,
        phoneNumberIdMistake: (id) => phoneNumberIdMistake(id, config.meta),
        registerPhone,
        markRead: createMarkRead({
          lastInbound: store.lastInbound,
          senderOf: phones.senderOf,
          markRead: graph.markRead,
        }),
        syncTemplates: templates.now,
        changeTemplates: createChangeTemplates({
          store,
          phones,
          changes: graph.changes,
          sync: templates,
          clock,
        }),
        connection,
        issueApiKey: createIssueApiKey({ insertApiKey: store.insertApiKey, clock }),
        prices: () => settings.current().prices,
        changeOptOut: createChangeOptOut({
          store,
          phones,
          country: () => settings.current().defaultCountry,
          clock,
        }),
        startReread: rereads.start,
        latestReread: rereads.latest,
        doctor,
        onAppended: watch.streams(appended.listen),
        metrics: watch.metrics,
        clock,
        readiness: async () => ({
          ...(await readiness(store, watch.commits)),
          ...(store.leases === null ? {} : { work: share.health() }),
        }),
      },
      access: createAuthentication({
        adminKey: config.adminKey,
        store,
        clock,
        used: keyUses.note,
        ...(overrides.sessionAllowed === undefined ? {} : { sessionAllowed: overrides.sessionAllowed }),
      }),
      requestsPerMinute: config.rateLimit,
      apart: config.admin !== null,
      metricsOpen: config.admin !== null && onlyThisMachine(config.admin.host),
      extensions: overrides.extensions ?? [],
      report: {
        failed: (failure) => events.apiFailed(failure),
        isStoreUnavailable: (error) => error instanceof StoreFailure && error.kind === 'infrastructure',
      },
    });
    lifetime.opened(() => server.close());
    const { admin } = config;
    const apart = admin === null ? null : await server.listenApart(admin.host, admin.port);
    const { port } = await server.listen(config.http.host, config.http.port);
    const url = `http://${reachableHost(config.http.host)}:${port}`;
    door.url = url;
    if (config.roles.work) templates.soon();

    watch.start({
      recorded() {
        work.nudge();
        appended.tell();
      },
      listSettings: settings.list,
      listPhones: phones.list,
      isOurs: phones.isOurs,
      reds: doctor.reds,
    });
    doctor.start();

    const adminUrl =
      admin === null || apart === null ? url : `http://${reachableHost(admin.host)}:${apart.port}`;
    const webhookUrl = `${config.publicUrl ?? url}/webhooks/whatsapp/`;
    events.started({ url, adminUrl, webhookUrl, handshakeOnly: phones.verifier() === null });
    return {
      url,
      adminUrl,
      webhookUrl,
      async drain() {
        do {
          await webhookRoute.drained();
          await webhooks.idle();
          await rereads.idle();
          await feeding.drain();
          await templates.idle();
          await retention.drain();
          await work.drain();
          // A new lane is taken when it is first seen to have work.
          await share.drain();
          await work.drain();
          await sending.idle();
          await throughputs.idle();
          await work.drain();
          await watch.drain();
          await work.drain();
        } while (sending.inFlight() > 0 || (await sending.paced()));
      },
      async close() {
        events.stopping();
        await lifetime.close();
      },
    };
  } catch (failure) {
    await lifetime.close();
    throw failure;
  }
}

function tokenOf(sender: Sender): string | null {
  return sender.ready ? sender.accessToken : null;
}

/** Which work is this process's: a share where others may be, else all of it; none without the role. */
function shareOf(
  config: Config,
  store: { leases: LeaseStore | null; readLanes(): Promise<Lane[]> },
  times: LeaseTimes,
  failed: (failure: unknown) => void,
): WorkShare {
  const { leases } = store;
  if (leases === null) return allWork(store);
  return config.roles.work ? sharedWork({ store, leases, times, failed }) : noWork();
}

function doorReport(events: BusinessEvents): WebhookDoorReport {
  return {
    challengeAnswered: () => events.challengeAnswered(),
    challengeRefused: (kind, sentence) => events.challengeRefused({ kind, sentence }),
    refused(refusal, sentence, error) {
      if (refusal === 'handshake-only') events.handshakeOnlyRefused({ sentence });
      else
        events.webhookRefused({ reason: refusal, status: webhookRefusals[refusal].status, sentence, error });
    },
  };
}

/** Those who want to know that the feed grew. They are told only that it did: what is new, they read. */
function createListeners(): { tell(): void; listen(listener: () => void): () => void } {
  const listeners = new Set<() => void>();
  return {
    tell() {
      for (const listener of listeners) listener();
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function readiness(
  store: { ping(): Promise<void>; clock: SharedClock | null },
  commits: { areRefused(): Promise<boolean> },
) {
  try {
    await store.ping();
    return (await commits.areRefused())
      ? { database: { ok: false, detail: 'The database answers, but keeps nothing: look in the log.' } }
      : { database: { ok: true, detail: ['The database answers.', ...skewOf(store.clock)].join(' ') } };
  } catch (failure) {
    return { database: { ok: false, detail: `The database does not answer (${reasonOf(failure)}).` } };
  }
}

function skewOf(clock: SharedClock | null): string[] {
  const skew = clock?.skew() ?? 0;
  return isSkewed(skew) ? [skewInWords(skew)] : [];
}

function reasonOf(failure: unknown): string {
  if (failure instanceof StoreFailure) return failure.code;
  return failure instanceof Error ? failure.name : 'unknown';
}

function reportTaken(events: BusinessEvents, notification: Notification): void {
  if (notification.state === 'failed') events.notificationRefused(reportOf(notification));
  else events.notificationTaken(reportOf(notification));
}

function reportOf({ id, state, failure }: Notification) {
  return {
    notificationId: id,
    state,
    failureCode: failure?.code ?? null,
    metaCode: failure?.metaCode ?? null,
    remedy: failure?.remedy ?? null,
    check: failure === null ? null : checkOf(failure.code),
  };
}

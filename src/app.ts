import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { readDashboard } from './adapters/dashboard-files/read-dashboard.ts';
import { createGraphApi } from './adapters/graph-api/graph-api.ts';
import { createSecretBox } from './adapters/secrets/secret-box.ts';
import { openStore } from './adapters/store/open-store.ts';
import { StoreFailure } from './adapters/store/store-failure.ts';
import { createBusinessEvents } from './adapters/telemetry/business-events.ts';
import { createLog } from './adapters/telemetry/log.ts';
import { announcedTunnel } from './adapters/tunnel/tunnel-file.ts';
import type { Config } from './config/config.ts';
import { phoneNumberIdMistake } from './config/meta-shapes.ts';
import { createIssueApiKey } from './flows/access/issue-api-key.ts';
import { createKeyUses } from './flows/access/note-key-use.ts';
import { openBusinessPhones } from './flows/business-phones.ts';
import { createChangeOptOut } from './flows/change-opt-out.ts';
import type { Reached } from './flows/crash-points.ts';
import { openLiveSettings } from './flows/live-settings.ts';
import { explainWaiting } from './flows/outbound/explain-waiting.ts';
import { createMarkRead } from './flows/outbound/mark-read.ts';
import { createPermittedRecipients } from './flows/outbound/permitted-recipients.ts';
import { createRegisterPhone } from './flows/register-phone.ts';
import { createChangeTemplates } from './flows/templates/change-templates.ts';
import type { DiskSpace } from './flows/upkeep/checks/disk-space.ts';
import { type Clock, processClock } from './runtime/clock.ts';
import { type LeaseTimes, leaseTimes } from './runtime/hold-leases.ts';
import { createLifetime } from './runtime/lifetime.ts';
import { createListeners } from './runtime/listeners.ts';
import { onlyThisMachine, reachableHost } from './runtime/reachable-host.ts';
import { createAuthentication } from './server/authentication.ts';
import type { DashboardOptions } from './server/dashboard-page/dashboard-page.ts';
import { createServer } from './server/server.ts';
import { createWebhookRoute } from './server/webhook-route.ts';
import { createEventKeys } from './whatsapp/event-key.ts';
import { createConnection } from './wiring/connection.ts';
import { createDoctor } from './wiring/doctor.ts';
import { followOthers } from './wiring/follow-others.ts';
import { openForwarding } from './wiring/forwarding.ts';
import { createLaneOwner } from './wiring/lane-owner.ts';
import { startMedia } from './wiring/media.ts';
import { readinessOf } from './wiring/readiness.ts';
import { createReceiving } from './wiring/receiving.ts';
import { doorReport, reasonOf, reportSettled } from './wiring/reports.ts';
import { shareOf } from './wiring/share-work.ts';
import { createTaking } from './wiring/taking.ts';
import { openTemplateBooks } from './wiring/template-books.ts';
import { startUpkeep } from './wiring/upkeep.ts';
import { createWatch, diskSpaceOf } from './wiring/watch.ts';

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
  /** What the dashboard shows and allows beyond its pages. */
  dashboard?: Pick<DashboardOptions, 'phone' | 'welcome'>;
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
    const jitter = overrides.jitter ?? Math.random;
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
    const feed = createListeners();

    // What changes while it runs: the settings of behaviour, and the business phones with their secrets.
    const settings = await openLiveSettings(store, clock);
    const phones = await openBusinessPhones({
      environment: config.meta,
      store,
      box: createSecretBox(config.encryptionKeys),
      clock,
      changed(id, news) {
        watch.phoneChanged(id, news);
        owner.nudge();
      },
    });
    for (const sentence of phones.warnings()) events.configurationWarning(sentence);

    const graph = createGraphApi({ baseUrl: config.meta.graphUrl, version: config.meta.graphVersion });
    lifetime.opened(() => graph.close());
    const templates = openTemplateBooks({
      store,
      phones,
      readTemplates: graph.reads.readTemplates,
      events,
      clock,
    });
    lifetime.opened(() => templates.close());
    const permitted = createPermittedRecipients(config.onlyTo);

    const media = startMedia({
      config,
      store,
      graph: graph.media,
      phones,
      settings,
      events,
      metrics: watch.metrics,
      mayFetch: share.isWatcher,
      clock,
      jitter,
      failed,
    });
    lifetime.opened(() => media.close());

    const forwarding = await openForwarding({
      config,
      store,
      share,
      settings,
      clock,
      jitter,
      reached,
      failed,
    });
    for (const sentence of forwarding.endpoints.warnings()) events.configurationWarning(sentence);

    // The way in, the work on what came in, and the way out.
    const receiving = createReceiving({
      store,
      keys,
      phones,
      events,
      appended(webhook, result) {
        watch.appended(webhook, result);
        if (result.fresh.some((index) => webhook.events[index]?.kind === 'template')) templates.sync.soon();
        if (result.webhookId !== null) owner.nudge();
        feed.tell();
      },
      reached,
    });
    const owner = createLaneOwner({
      store,
      share,
      watch,
      settings,
      phones,
      graph,
      permitted,
      lookUpTemplate: templates.lookUp,
      webhooksWait: receiving.busy,
      clock,
      jitter,
      reached,
      settled: (notification) => reportSettled(events, notification),
      feedGrew: feed.tell,
      folded: forwarding.nudge,
      failed,
    });
    lifetime.opened(() => share.close().catch(failed));
    lifetime.opened(() => forwarding.close());
    lifetime.opened(() => owner.close());
    share.start({
      leaveLane: owner.leave,
      leaveEndpoint: forwarding.leave,
      taken() {
        owner.nudge();
        forwarding.nudge();
      },
    });

    // What other processes on the same database change.
    if (store.leases !== null) {
      const others = followOthers({
        lastPosition: () => store.lastPosition(),
        feedGrew() {
          owner.nudge();
          forwarding.nudge();
          feed.tell();
        },
        reload: [settings.reload, phones.reload, forwarding.endpoints.reload],
        failed,
      });
      lifetime.opened(() => others.stop());
      const stopHearing = store.onHint(() => {
        others.nudge();
        owner.nudge();
      });
      lifetime.opened(() => stopHearing());
    }

    const upkeep = startUpkeep({
      store,
      keys,
      phones,
      settings,
      mayForget: share.isWatcher,
      webhooksWait: receiving.busy,
      forgotten(what, count) {
        watch.metrics.forgotten(what, count);
        if (what === 'events') media.forgotten();
      },
      clock,
      changed() {
        owner.nudge();
        feed.tell();
      },
      failed,
    });
    lifetime.opened(() => upkeep.close());
    const taking = createTaking({
      store,
      phones,
      settings,
      permitted,
      lookUpTemplate: templates.lookUpWithCare,
      giveCommand: owner.commands.give,
      events,
      clock,
      mayFeed: share.isWatcher,
      nudgeOwner: owner.nudge,
      feedGrew: feed.tell,
      failed,
    });
    lifetime.opened(() => taking.close());

    const door: { url: string | null } = { url: null };
    // A tunnel that is open beats what is configured: it was opened for that.
    const publicUrl = () => announcedTunnel(config.database.file) ?? config.publicUrl;
    const doctor = createDoctor({
      config,
      store,
      phones,
      graph: graph.reads,
      takeNotification: taking.takeNotification,
      diskSpace: overrides.diskSpace ?? (() => diskSpaceOf(config.database)),
      stopwatch: overrides.stopwatch,
      publicUrl,
      listensAt: () => door.url ?? '',
      clock,
      jitter,
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
        store: watch.receive(receiving.receive),
      },
      receives: config.roles.receive,
      report: watch.door(doctor.door(doorReport(events))),
      probes: doctor.probes,
      clock,
    });
    const keyUses = createKeyUses({ touchApiKeys: store.touchApiKeys, failed });
    lifetime.opened(() => keyUses.idle());
    const registerPhone = createRegisterPhone({
      store,
      phones,
      register: graph.registerPhone,
      configuredPin: config.meta.registrationPin,
      clock,
      registered: (id) => watch.phoneChanged(id, 'registered'),
    });
    const server = await createServer({
      webhookRoute,
      ports: {
        ...store,
        takeNotification: taking.takeNotification,
        considerNotification: taking.considerNotification,
        batches: taking.batches,
        async findNotification(id) {
          const story = await store.findNotification(id);
          return story === null ? null : explainWaiting(story, watch.openFailure);
        },
        async listNotifications(query) {
          const stories = await store.listNotifications(query);
          return stories.map((story) => explainWaiting(story, watch.openFailure));
        },
        giveCommand: owner.commands.give,
        settings,
        businessPhones: phones,
        endpoints: forwarding.endpoints,
        phoneNumberIdMistake: (id) => phoneNumberIdMistake(id, config.meta),
        registerPhone,
        markRead: createMarkRead({
          lastInbound: store.lastInbound,
          senderOf: phones.senderOf,
          markRead: graph.markRead,
        }),
        readMedia: media.read,
        uploadFile: media.upload,
        syncTemplates: templates.sync.now,
        changeTemplates: createChangeTemplates({
          store,
          phones,
          changes: graph.changes,
          sync: templates.sync,
          clock,
        }),
        connection: createConnection({
          meta: config.meta,
          graph,
          phones,
          publicUrl,
          listensAt: () => door.url,
          registerPhone,
          store,
          clock,
        }),
        issueApiKey: createIssueApiKey({ insertApiKey: store.insertApiKey, clock }),
        prices: () => settings.current().prices,
        changeOptOut: createChangeOptOut({
          store,
          phones,
          country: () => settings.current().defaultCountry,
          clock,
        }),
        startReread: upkeep.rereads.start,
        latestReread: upkeep.rereads.latest,
        doctor,
        onAppended: watch.streams(feed.listen),
        metrics: watch.metrics,
        clock,
        readiness: async () => ({
          ...(await readinessOf(store, watch.commits)),
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
      dashboard: { read: readDashboard, ...overrides.dashboard },
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
    if (config.roles.work) templates.sync.soon();

    watch.start({
      recorded() {
        owner.nudge();
        feed.tell();
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
          await receiving.idle();
          await taking.drain();
          await templates.sync.idle();
          await upkeep.drain();
          await media.drain();
          await owner.drain();
          await forwarding.drain();
          await watch.drain();
          await owner.drain();
          await forwarding.drain();
        } while (forwarding.unwritten() || (await owner.sends()));
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

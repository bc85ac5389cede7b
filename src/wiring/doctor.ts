import { createPublicDoor } from '../adapters/public-door/public-door.ts';
import { placeOf } from '../adapters/store/postgres/as-start-error.ts';
import type { Store } from '../adapters/store/store.ts';
import type { Config } from '../config/config.ts';
import { isMetasGraph } from '../config/meta-shapes.ts';
import { phoneLane } from '../domain/lane.ts';
import type { BusinessPhones } from '../flows/business-phone-contract.ts';
import type { TakeNotification } from '../flows/outbound/take-contract.ts';
import { readRegistrationTries } from '../flows/register-phone.ts';
import type { Installation, PhoneUnderTest, Situation } from '../flows/setup/check.ts';
import { createContinuousDoctor } from '../flows/setup/continuous-doctor.ts';
import type { DatabaseEvidence, Heard } from '../flows/setup/doctor-ports.ts';
import { createDoctorRuns, type DoctorRuns } from '../flows/setup/doctor-runs.ts';
import type { GraphReads } from '../flows/setup/graph-reads.ts';
import { createHandshakes } from '../flows/setup/handshakes.ts';
import { createProbes, type ProbeDoor } from '../flows/setup/probes.ts';
import { createTestMessages } from '../flows/setup/test-messages.ts';
import type { DiskSpace } from '../flows/upkeep/checks/disk-space.ts';
import { SILENCE_LOOKS_BACK } from '../flows/upkeep/checks/silence.ts';
import { createLifetime } from '../runtime/lifetime.ts';
import type { WebhookDoorReport } from '../server/webhook-route.ts';

/** The doctor of a gateway. */
export type Doctor = DoctorRuns & {
  /** For the webhook door: posts of doctor’s own. */
  probes: ProbeDoor;
  /** Around what the webhook door reports. */
  door(report: WebhookDoorReport): WebhookDoorReport;
  /** Begins to look by itself. */
  start(): void;
  close(): Promise<void>;
};

/** What doctor is made of: the gateway's own parts. */
export type DoctorOptions = {
  config: Config;
  store: Pick<
    Store,
    | 'auditTimes'
    | 'describeEngine'
    | 'findNotification'
    | 'installationKey'
    | 'lastPosition'
    | 'listEvents'
    | 'listSeenPhones'
    | 'proveCommit'
    | 'readHealth'
    | 'readSilence'
  >;
  phones: Pick<BusinessPhones, 'list' | 'credentialsOf'>;
  graph: GraphReads;
  takeNotification: TakeNotification;
  diskSpace(): Promise<DiskSpace | null>;
  /** The address under which Meta reaches this gateway, as it is now. */
  publicUrl(): string | null;
  /** Measures how long answers take, in milliseconds. */
  stopwatch?: (() => number) | undefined;
  /** Where this process listens; asked when it does. */
  listensAt(): string;
  clock: { now(): number };
  jitter(): number;
  /** Whether this is the process that looks by itself: one of an installation does. */
  looksByItself(): boolean;
  /** A look of its own failed. */
  failed(failure: unknown): void;
  reasonOf(failure: unknown): string;
};

/** Makes the doctor of a gateway. */
export function createDoctor(options: DoctorOptions): Doctor {
  const { config, store, phones, clock } = options;
  const lifetime = createLifetime();
  const handshakes = createHandshakes(clock);
  const probes = createProbes({
    installationKey: store.installationKey,
    proveCommit: () => store.proveCommit(),
    clock,
  });
  const door = createPublicDoor(options.stopwatch);
  lifetime.opened(() => door.close());

  async function situation(): Promise<Situation> {
    const found = await phones.list();
    const underTest = found.flatMap(({ id, origin, wabaId }): PhoneUnderTest[] => {
      const credentials = phones.credentialsOf(id);
      return origin === null || credentials === null ? [] : [{ id, origin, wabaId, ...credentials }];
    });
    return {
      installation: installationOf(config, {
        publicUrl: options.publicUrl(),
        listensAt: options.listensAt(),
      }),
      phones: underTest,
    };
  }

  async function database(): Promise<DatabaseEvidence> {
    const commit = await proveCommit();
    const space = await options.diskSpace().catch(() => null);
    try {
      const { name, durable } = await store.describeEngine();
      const { lag, pinnedSeconds } = await store.readHealth(1);
      return { engine: name, durable, space, lag: lag[0]?.positions ?? 0, pinnedSeconds, commit };
    } catch (failure) {
      const code = commit.done ? options.reasonOf(failure) : commit.code;
      const engine = config.database.postgres === null ? 'SQLite' : 'PostgreSQL';
      return { engine, durable: false, space, lag: 0, commit: { done: false, code } };
    }
  }

  async function proveCommit(): Promise<DatabaseEvidence['commit']> {
    const began = performance.now();
    try {
      await store.proveCommit();
      return { done: true, milliseconds: performance.now() - began };
    } catch (failure) {
      return { done: false, code: options.reasonOf(failure) };
    }
  }

  async function heard(phoneId: string): Promise<Heard> {
    const seen = (await store.listSeenPhones()).find(({ businessPhoneId }) => businessPhoneId === phoneId);
    const silences = await store.readSilence(clock.now() - SILENCE_LOOKS_BACK);
    const lane = phoneLane(phoneId);
    return {
      lastWebhookAt: seen?.lastEventAt ?? null,
      silentSince: silences.find((silence) => silence.lane === lane)?.since ?? null,
    };
  }

  const runs = createDoctorRuns({
    situation,
    ports: {
      graph: options.graph,
      database,
      registrationTries: (phoneId) => readRegistrationTries(store, phoneId, clock.now()),
      refusedHandshake: handshakes.lastRefused,
      heard,
      door,
      probes,
      quietly: handshakes.quietly,
      testMessage: createTestMessages({ store, takeNotification: options.takeNotification }),
      now: clock.now,
    },
  });
  lifetime.opened(() => runs.idle());
  const continuous = createContinuousDoctor({
    look: async () => (options.looksByItself() ? runs.runContinuous() : null),
    jitter: options.jitter,
    failed: options.failed,
  });
  lifetime.opened(() => continuous.stop());

  return {
    ...runs,
    probes,
    door: (report) => ({
      ...report,
      challengeAnswered() {
        handshakes.answered();
        if (!handshakes.quiet()) report.challengeAnswered();
      },
      challengeRefused(refusal, sentence) {
        handshakes.refused(sentence);
        if (!handshakes.quiet()) report.challengeRefused(refusal, sentence);
      },
    }),
    start: continuous.start,
    close: () => lifetime.close(),
  };
}

/** What is configured, as checks compare it; `listensAt` is empty where no process listens. */
export function installationOf(
  { meta, database }: Config,
  { publicUrl, listensAt }: { publicUrl: string | null; listensAt: string },
): Installation {
  return {
    verifyToken: meta.verifyToken,
    appId: meta.appId,
    webhookUrl: `${publicUrl ?? listensAt}/webhooks/whatsapp/`,
    publicUrlSet: publicUrl !== null,
    listensAt,
    graphUrl: meta.graphUrl,
    simulated: !isMetasGraph(meta.graphUrl),
    databaseFile: database.postgres === null ? database.file : placeOf(database.postgres.url),
    registrationPinSet: meta.registrationPin !== null,
  };
}

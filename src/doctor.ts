import type { SqliteStore } from './adapters/store/sqlite/open-sqlite-store.ts';
import type { Config } from './config/config.ts';
import { isMetasGraph } from './config/meta-shapes.ts';
import type { BusinessPhones } from './flows/business-phone-contract.ts';
import type { Installation, PhoneUnderTest, Situation } from './flows/setup/check.ts';
import type { DatabaseEvidence } from './flows/setup/doctor-ports.ts';
import { createDoctorRuns, type DoctorRuns } from './flows/setup/doctor-runs.ts';
import type { GraphReads } from './flows/setup/graph-reads.ts';
import type { DiskSpace } from './flows/upkeep/checks/disk-space.ts';

/** Makes the doctor of a gateway: its ports are the gateway's own parts. */
export function createDoctor(options: {
  config: Config;
  store: Pick<SqliteStore, 'describeEngine' | 'proveCommit' | 'readHealth'>;
  phones: Pick<BusinessPhones, 'list' | 'credentialsOf'>;
  graph: GraphReads;
  diskSpace(): Promise<DiskSpace>;
  /** The address under which Meta reaches this gateway, as it is now. */
  publicUrl(): string | null;
  /** Where this process listens; asked when it does. */
  listensAt(): string;
  clock: { now(): number };
  reasonOf(failure: unknown): string;
}): DoctorRuns {
  const { config, store, phones, clock } = options;

  async function situation(): Promise<Situation> {
    return { installation: installation(), phones: await phonesUnderTest() };
  }

  function installation(): Installation {
    const publicUrl = options.publicUrl();
    return {
      verifyToken: config.meta.verifyToken,
      appId: config.meta.appId,
      webhookUrl: `${publicUrl ?? options.listensAt()}/webhooks/whatsapp/`,
      publicUrlSet: publicUrl !== null,
      graphUrl: config.meta.graphUrl,
      simulated: !isMetasGraph(config.meta.graphUrl),
      databaseFile: config.database.file,
    };
  }

  async function phonesUnderTest(): Promise<PhoneUnderTest[]> {
    return (await phones.list()).flatMap(({ id, origin, wabaId }) => {
      const credentials = phones.credentialsOf(id);
      return origin === null || credentials === null ? [] : [{ id, origin, wabaId, ...credentials }];
    });
  }

  async function database(): Promise<DatabaseEvidence> {
    const commit = await proveCommit();
    const space = await options.diskSpace().catch(() => null);
    try {
      const { name, durable } = await store.describeEngine();
      const { lag } = await store.readHealth(1);
      return { engine: name, durable, space, lag: lag[0]?.positions ?? 0, commit };
    } catch (failure) {
      const code = options.reasonOf(failure);
      return { engine: '?', durable: false, space, lag: 0, commit: { done: false, code } };
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

  return createDoctorRuns({ ports: { graph: options.graph, database, now: clock.now }, situation });
}

import type { GraphApi } from '../adapters/graph-api/graph-api.ts';
import type { Store } from '../adapters/store/store.ts';
import type { Config } from '../config/config.ts';
import { isMetasGraph } from '../config/meta-shapes.ts';
import { phoneLane } from '../domain/lane.ts';
import type { BusinessPhones } from '../flows/business-phone-contract.ts';
import type { Sender } from '../flows/outbound/send-due.ts';
import { createConnect } from '../flows/setup/connect.ts';

/** Makes what connects the installation with Meta, by what is configured here. */
export function createConnection(options: {
  meta: Config['meta'];
  graph: Pick<GraphApi, 'reads' | 'changes'>;
  phones: Pick<BusinessPhones, 'list' | 'isOurs' | 'senderOf'>;
  publicUrl(): string | null;
  /** Where this process listens; null before it does. */
  listensAt(): string | null;
  registerPhone: Parameters<typeof createConnect>[0]['registerPhone'];
  store: Pick<Store, 'noteAudit'>;
  clock: { now(): number };
}): ReturnType<typeof createConnect> {
  const { meta, graph, phones } = options;
  const isMeta = isMetasGraph(meta.graphUrl);
  return createConnect({
    reads: graph.reads,
    changes: graph.changes,
    app: { id: meta.appId, secrets: meta.appSecrets },
    verifyToken: meta.verifyToken,
    isMeta,
    // A simulator reaches this machine by itself.
    publicUrl: () => options.publicUrl() ?? (isMeta ? null : options.listensAt()),
    phones: async () =>
      (await phones.list())
        .filter(({ id }) => phones.isOurs(id))
        .map(({ id, wabaId }) => ({ id, wabaId, token: tokenOf(phones.senderOf(phoneLane(id))) })),
    account:
      meta.wabaId === null || meta.accessToken === null ? null : { id: meta.wabaId, token: meta.accessToken },
    hasPin: meta.registrationPin !== null,
    registerPhone: options.registerPhone,
    noteAudit: options.store.noteAudit,
    clock: options.clock,
  });
}

function tokenOf(sender: Sender): string | null {
  return sender.ready ? sender.accessToken : null;
}

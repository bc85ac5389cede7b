import type { Store } from '../adapters/store/store.ts';
import type { BusinessEvents } from '../adapters/telemetry/business-events.ts';
import type { BusinessPhones } from '../flows/business-phone-contract.ts';
import type { GraphReads } from '../flows/setup/graph-reads.ts';
import { createLookUpTemplate, type LookUpTemplate } from '../flows/templates/look-up-template.ts';
import { createSyncTemplates, type SyncTemplates } from '../flows/templates/sync-templates.ts';

/** The templates, kept as Meta has them in its books. */
export type TemplateBooks = {
  sync: SyncTemplates;
  /** For whoever takes a notification: Meta is asked again before an old word refuses it. */
  lookUpWithCare: LookUpTemplate;
  /** For the sender, who waits for nobody: what was taken was looked at with care. */
  lookUp: LookUpTemplate;
  close(): Promise<void>;
};

/**
 * How often templates are read from Meta's books beside what webhooks bring about, in milliseconds: at 100 a page it
 * is far from Meta's limit of calls (meta-facts §6).
 */
const READ_EVERY = 6 * 60 * 60_000;

/** Opens the books; nothing is read yet. */
export function openTemplateBooks(options: {
  store: Store;
  phones: Pick<BusinessPhones, 'list' | 'isOurs' | 'senderOf' | 'accountOf'>;
  readTemplates: GraphReads['readTemplates'];
  events: BusinessEvents;
  clock: { now(): number };
}): TemplateBooks {
  const { store, phones, clock, events } = options;
  const sync = createSyncTemplates({
    store,
    phones,
    readTemplates: options.readTemplates,
    clock,
    synced: (result) => events.templatesRead(result),
  });
  const again = setInterval(sync.soon, READ_EVERY);
  again.unref();
  const parts = { store, accountOf: phones.accountOf, clock };
  return {
    sync,
    lookUpWithCare: createLookUpTemplate({ ...parts, sync }),
    lookUp: createLookUpTemplate({ ...parts, sync: null }),
    async close() {
      clearInterval(again);
      await sync.idle();
    },
  };
}

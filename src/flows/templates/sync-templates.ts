import { phoneLane } from '../../domain/lane.ts';
import type { TemplateDefinition } from '../../domain/template.ts';
import type { BusinessPhones } from '../business-phone-contract.ts';
import type { GraphReading } from '../setup/graph-reads.ts';
import type { TemplateStore } from './template-store.ts';

/** What came of reading the templates of one account. */
export type AccountSync =
  | { wabaId: string; outcome: 'synced'; count: number }
  /** `because`: a sentence without its full stop. */
  | { wabaId: string; outcome: 'failed'; because: string };

/** Reads the templates of our accounts from Meta's books. */
export type SyncTemplates = {
  /** Reads all now, or waits for the reading that runs. */
  now(): Promise<AccountSync[]>;
  /** Reads them in the background; once more when it was asked for during a reading. */
  soon(): void;
  /** Resolves once nothing is being read, or waits to be. */
  idle(): Promise<void>;
};

/**
 * Makes the step that keeps the templates as Meta has them: read at the start, after each webhook about templates,
 * when asked for, and every so often (meta-facts §7.2). One account that cannot be read leaves what was known of it.
 */
export function createSyncTemplates(options: {
  store: Pick<TemplateStore, 'replaceTemplates'>;
  phones: Pick<BusinessPhones, 'list' | 'isOurs' | 'senderOf'>;
  readTemplates(request: {
    wabaId: string;
    accessToken: string;
  }): Promise<GraphReading<TemplateDefinition[]>>;
  clock: { now(): number };
  /** An account was read, or could not be. */
  synced(result: AccountSync): void;
}): SyncTemplates {
  const { store, phones, clock } = options;
  let running: Promise<AccountSync[]> | null = null;
  let again = false;

  /** A token for each of our accounts. */
  async function accounts(): Promise<Map<string, string>> {
    const tokens = new Map<string, string>();
    for (const { id, wabaId } of await phones.list()) {
      if (wabaId === null || tokens.has(wabaId) || !phones.isOurs(id)) continue;
      const sender = phones.senderOf(phoneLane(id));
      if (sender.ready) tokens.set(wabaId, sender.accessToken);
    }
    return tokens;
  }

  async function syncAccount(wabaId: string, accessToken: string): Promise<AccountSync> {
    const at = clock.now();
    const reading = await options.readTemplates({ wabaId, accessToken });
    switch (reading.got) {
      case 'value':
        await store.replaceTemplates({ wabaId, templates: reading.value, at });
        return { wabaId, outcome: 'synced', count: reading.value.length };
      case 'refusal': {
        const { code, message } = reading.error;
        return { wabaId, outcome: 'failed', because: `Meta answered #${code}: ${message}` };
      }
      case 'nothing':
        return { wabaId, outcome: 'failed', because: `Meta did not answer: ${reading.reason}` };
    }
  }

  async function syncAll(): Promise<AccountSync[]> {
    const results: AccountSync[] = [];
    for (const [wabaId, accessToken] of await accounts()) {
      let result: AccountSync;
      try {
        result = await syncAccount(wabaId, accessToken);
      } catch {
        result = { wabaId, outcome: 'failed', because: 'the database could not keep them' };
      }
      options.synced(result);
      results.push(result);
    }
    return results;
  }

  function start(): Promise<AccountSync[]> {
    again = false;
    const run = syncAll().finally(() => {
      running = null;
      if (again) start();
    });
    running = run;
    return run;
  }

  return {
    now: () => running ?? start(),
    soon() {
      if (running === null) start();
      else again = true;
    },
    async idle() {
      while (running !== null) await running;
    },
  };
}

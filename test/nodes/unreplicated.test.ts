import { Client } from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { openPostgresStore } from '../../src/adapters/store/postgres/open-postgres-store.ts';
import type { IncomingWebhook } from '../../src/flows/inbound/receive-webhook.ts';
import { createEventKeys } from '../../src/whatsapp/event-key.ts';
import { parseWebhook } from '../../src/whatsapp/parse-webhook.ts';
import { startPostgres } from '../support/postgres/start-postgres.ts';
import { textMessage, webhookOf } from '../support/running-gateway.ts';

const at = 1_790_000_000_000;

/**
 * Who is told to stop waiting for a replica, by `pg_cancel_backend` or a restart, answers that the commit succeeded,
 * with a warning: it did, on that machine alone. Who acknowledges it loses it in a failover.
 */
it('a commit that no replica has is not acknowledged, nor is its repetition', async () => {
  const postgres = await startPostgres(18);
  onTestFinished(() => postgres.stop());
  const store = await openPostgresStore({ url: postgres.url, directUrl: null });
  onTestFinished(() => store.close());
  const webhook = (id: string): IncomingWebhook => {
    const text = JSON.stringify(webhookOf({ messages: [textMessage(id, '558587654321', 'Oi', at / 1000)] }));
    const body = new Uint8Array(Buffer.from(text));
    const { events } = parseWebhook(body, createEventKeys(store.installationKey));
    return {
      body,
      secretFingerprint: 'abcd1234',
      receivedAt: at,
      events: events.map(({ facts: _, ...event }) => ({ ...event, foreign: false })),
    };
  };
  await store.appendWebhooks([webhook('wamid.one')]);

  const administrator = new Client(postgres.url);
  await administrator.connect();
  onTestFinished(() => administrator.end());
  await commitsWaitFor(administrator, "'ANY 1 (nobody)'");
  for (let time = 0; time < 2; time += 1) {
    const appended = store.appendWebhooks([webhook('wamid.two')]);
    const refused = expect(appended).rejects.toMatchObject({ name: 'StoreFailure', kind: 'infrastructure' });
    await expect.poll(() => cancelWaiting(administrator), { timeout: 10_000 }).toBe(1);
    await refused;
  }
  await commitsWaitFor(administrator, "''");
  expect(await store.appendWebhooks([webhook('wamid.two')])).toEqual([{ webhookId: null, fresh: [] }]);
  expect(await store.listEvents({ after: 0, kinds: null, limit: 10 })).toHaveLength(2);
});

async function commitsWaitFor(client: Client, names: string): Promise<void> {
  await client.query(`alter system set synchronous_standby_names = ${names}`);
  await client.query('select pg_reload_conf()');
  const setting = async () => {
    const { rows } = await client.query('show synchronous_standby_names');
    return rows[0].synchronous_standby_names;
  };
  await expect.poll(setting).toBe(names.slice(1, -1));
}

/** Tells those who wait for a replica not to wait any longer; answers how many there were. */
async function cancelWaiting(client: Client): Promise<number> {
  const waiting = "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'";
  return (await client.query(waiting)).rows.length;
}

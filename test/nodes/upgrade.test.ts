import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/adapters/store/postgres/database.ts';
import { type Migration, migrate } from '../../src/adapters/store/postgres/migrate.ts';
import { migrations } from '../../src/adapters/store/postgres/migrations/index.ts';
import { createGateway } from '../../src/app.ts';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { signBody } from '../../src/whatsapp/signature.ts';
import { emptyDatabase } from '../support/postgres/test-database.ts';
import { textMessage, webhookOf } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { adminKey, appSecret, businessPhone, testConfig } from '../support/test-config.ts';

const person = '558587654321';
const newest = migrations.at(-1)?.version ?? 0;

/** The schema of the next release, which expands what there is. */
const next: Migration = {
  version: newest + 1,
  readableFrom: newest,
  sql: `
    create table of_the_next_release (id bigint primary key);
    alter table notifications add column of_the_next_release text;
    alter table contacts add column of_the_next_release text;
    alter table events add column of_the_next_release text;
  `,
};

async function upgrade(url: string, list: readonly Migration[]): Promise<void> {
  const database = openDatabase({ url, connections: 1, applicationName: 'upgrade', pooled: false });
  try {
    await migrate(database, list);
  } finally {
    await database.close();
  }
}

describe('a schema that is ahead by a release', () => {
  it('is worked with by those that ran before, and by those of their version that start after', async () => {
    const url = await emptyDatabase(18);
    const simulator = await createSimulator({ appSecret, accessToken: 'EAAtests', businessPhone });
    onTestFinished(() => simulator.close());
    simulator.person(person);
    const base = testConfig(temporaryFolder());
    const start = async () => {
      const gateway = await createGateway(
        {
          ...base,
          meta: { ...base.meta, graphUrl: simulator.graphUrl },
          database: { ...base.database, postgres: { url, directUrl: null } },
        },
        { writeLog: () => {} },
      );
      onTestFinished(() => gateway.close());
      return gateway;
    };
    /** A webhook, and a notification that reaches the person. */
    async function works(gateway: Awaited<ReturnType<typeof start>>, name: string): Promise<void> {
      const text = textMessage(`wamid.${name}`, person, 'Oi', Math.floor(Date.now() / 1000));
      const body = JSON.stringify(webhookOf({ messages: [text] }));
      const headers = { 'x-hub-signature-256': signBody(Buffer.from(body), appSecret) };
      expect((await fetch(gateway.webhookUrl, { method: 'POST', headers, body })).status).toBe(200);
      const before = simulator.ledger().length;
      const taken = await fetch(`${gateway.url}/v1/notifications`, {
        method: 'POST',
        headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ to: person, template: { name: 'hello_world', language: 'en_US' } }),
      });
      expect(taken.status).toBe(202);
      await expect.poll(() => simulator.ledger().length, { timeout: 20_000 }).toBe(before + 1);
    }

    const old = await start();
    simulator.pointWebhooksAt(old.webhookUrl);
    await works(old, 'before');
    await upgrade(url, [...migrations, next]);
    await works(old, 'after');
    await works(await start(), 'started-after');
  });

  it('is refused with the way out when it cannot be read any more', async () => {
    const url = await emptyDatabase(18);
    await upgrade(url, [...migrations, { ...next, readableFrom: next.version }]);
    const base = testConfig(temporaryFolder());
    const config = { ...base, database: { ...base.database, postgres: { url, directUrl: null } } };
    await expect(createGateway(config, { writeLog: () => {} })).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringContaining(`schema ${next.version}, written by a newer Recado`),
    });
  });
});

describe('a schema that is behind', () => {
  it('is brought up to date once, by whichever of several comes first', async () => {
    const url = await emptyDatabase(18);
    await upgrade(url, migrations);
    await Promise.all(Array.from({ length: 4 }, () => upgrade(url, [...migrations, next])));
    const client = new Client(url);
    await client.connect();
    onTestFinished(() => client.end());
    const { rows } = await client.query(
      'select version, readable_from from schema_versions order by version',
    );
    expect(rows).toEqual(
      [...migrations, next].map(({ version, readableFrom }) => ({ version, readable_from: readableFrom })),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/adapters/store/sqlite/open-sqlite-store.ts';
import { createPlaceEvent } from '../../src/flows/inbound/place-event.ts';
import { createEventKeys } from '../../src/whatsapp/event-key.ts';
import { parseWebhook } from '../../src/whatsapp/parse-webhook.ts';
import { runRecado } from '../support/run-recado.ts';
import { runGateway, textMessage, webhookOf } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { adminKey, businessPhoneId } from '../support/test-config.ts';

const receivedAt = Date.now() - 60 * 60 * 1000;
const seconds = Math.floor(receivedAt / 1000);

/** A gateway over a database in which an earlier version did not recognise a message. */
async function afterUpgrade() {
  const running = await runGateway();
  await running.gateway.close();
  const store = await openSqliteStore(running.config.database.file);
  const body = new Uint8Array(
    Buffer.from(
      JSON.stringify(
        webhookOf({
          contacts: [{ wa_id: '558587654321', profile: { name: 'Ana Souza' } }],
          messages: [textMessage('wamid.old', '558587654321', 'Was I heard?', seconds)],
        }),
      ),
    ),
  );
  const place = createPlaceEvent({ defaultId: () => businessPhoneId, isForeign: () => false });
  const events = parseWebhook(body, createEventKeys(store.installationKey)).events.map((event) =>
    place({ ...event, kind: 'unrecognised', facts: { fact: 'other', person: null } }),
  );
  await store.appendWebhooks([{ body, secretFingerprint: 'x', receivedAt, events }]);
  await store.close();
  running.log.length = 0;
  await running.restart();
  await running.settle();
  return { running, environment: { RECADO_URL: running.gateway.url, RECADO_ADMIN_KEY: adminKey } };
}

describe('recado reread', () => {
  it('makes an old message heard: contact and window of its time, and no other effect', async () => {
    const { running, environment } = await afterUpgrade();
    const before = await running.api<{ data: object[] }>('GET', '/v1/events');
    expect(before.body.data).toMatchObject([{ kind: 'unrecognised', revision: 1 }]);

    const dry = await runRecado(temporaryFolder(), ['reread', '--dry-run'], environment);
    expect(dry).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('1 events would be better') });
    expect((await running.api<{ data: object[] }>('GET', '/v1/events')).body).toEqual(before.body);

    const run = await runRecado(temporaryFolder(), ['reread'], environment);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toContain('Read      1 stored webhooks\nUpgraded  1 events better understood\n');
    expect(run.stdout).toContain('Of these  1 message\n');
    await running.settle();

    const events = await running.api<{ data: object[] }>('GET', '/v1/events');
    expect(events.body.data).toEqual([
      {
        ...before.body.data[0],
        kind: 'message',
        content: expect.objectContaining({ content: { type: 'text', body: 'Was I heard?' } }),
        summary: 'Was I heard?',
        revision: 2,
        replayed: true,
        contactId: expect.any(String),
      },
    ]);
    const contacts = await running.api<{ data: object[] }>('GET', '/v1/contacts');
    expect(contacts.body.data).toMatchObject([
      {
        name: 'Ana Souza',
        wroteIn: true,
        window: { open: true, closesAt: new Date(seconds * 1000 + 24 * 60 * 60 * 1000).toISOString() },
      },
    ]);
    expect(running.log.filter((line) => /Received message|Text message|registered/.test(line))).toEqual([]);
    expect(running.simulator.ledger()).toEqual([]);

    const again = await runRecado(temporaryFolder(), ['reread', '--json'], environment);
    expect(JSON.parse(again.stdout)).toMatchObject({ state: 'done', upgraded: 0, found: 0 });
  });

  it('is told apart from nothing: no webhook of that number, no time of that shape', async () => {
    const { running, environment } = await afterUpgrade();
    const number = await runRecado(temporaryFolder(), ['reread', '--webhook', '99'], environment);
    expect(number).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('webhook-unknown') });
    const time = await runRecado(temporaryFolder(), ['reread', '--since', 'yesterday'], environment);
    expect(time).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--since 2026-11-20') });
    const none = await runRecado(
      temporaryFolder(),
      ['reread', '--since', '2100-01-01', '--json'],
      environment,
    );
    expect(JSON.parse(none.stdout)).toMatchObject({ state: 'done', total: 0, webhooks: 0 });
    await running.gateway.drain();
  });
});

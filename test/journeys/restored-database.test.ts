import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/adapters/store/sqlite/open-sqlite-store.ts';
import type { Attempt, Notification } from '../../src/domain/notification.ts';
import { draftOf } from '../../src/flows/lane-draft.ts';
import { notificationEvent } from '../../src/flows/notification-event.ts';
import { restore } from '../../src/offline.ts';
import type { NotificationBody } from '../../src/server/contract/notification.ts';
import { testNotification } from '../support/notification.ts';
import { type CommandRun, runRecado } from '../support/run-recado.ts';
import {
  type Page,
  type RunningGateway,
  runGateway,
  textMessage,
  webhookOf,
} from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testClock } from '../support/test-clock.ts';
import { adminKey } from '../support/test-config.ts';

const minute = 60_000;
const hour = 60 * minute;

function recado({ config }: RunningGateway, ...words: string[]): Promise<CommandRun> {
  return runRecado(temporaryFolder(), words, { DATABASE_URL: `sqlite:${config.database.file}` });
}

async function look(running: RunningGateway, id: string): Promise<NotificationBody> {
  return (await running.api<NotificationBody>('GET', `/v1/notifications/${id}`)).body;
}

describe('notifications in a restored database', () => {
  it('that waited when the backup was made are not sent again, and end by a status or as failed', async () => {
    const clock = testClock();
    const running = await runGateway({ overrides: { clock } });
    const ana = running.simulator.person('558587654321', { name: 'Ana Souza' });
    await ana.writes('Hi');
    await running.settle();
    const ids: string[] = [];
    for (const text of ['one', 'two']) {
      const body = { to: '558587654321', text, notBefore: new Date(Date.now() + hour).toISOString() };
      ids.push((await running.api<NotificationBody>('POST', '/v1/notifications', body)).body.id);
    }
    const [first = '', second = ''] = ids;
    const backup = join(temporaryFolder(), 'copy.db');
    expect((await recado(running, 'backup', backup)).exitCode).toBe(0);

    clock.advance(2 * hour);
    await running.settle();
    expect(await look(running, first)).toMatchObject({ state: 'delivered' });
    await running.gateway.close();
    const run = await recado(running, 'restore', backup);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toContain('waited to be sent when the backup was made (2)');

    clock.advance(-2 * hour);
    await running.restart();
    await running.settle();
    for (const id of ids) {
      const { state, because, nextAttemptAt } = await look(running, id);
      expect({ state, nextAttemptAt }).toEqual({ state: 'unknown', nextAttemptAt: null });
      expect(because).toMatch(
        /^Restored from a backup made at 20\S+Z: whether it was sent since is not known\.$/,
      );
    }
    const { body } = await running.api<Page<object>>('GET', '/v1/events?kind=notification&limit=500');
    expect(body.data.slice(-2)).toMatchObject(
      ids.map((notificationId) => ({ payload: { notificationId, state: 'unknown' } })),
    );

    const status = (id: string) => ({
      id: `wamid.of-${id}`,
      status: 'read',
      timestamp: String(Math.floor(Date.now() / 1000)),
      recipient_id: '558587654321',
      biz_opaque_callback_data: id,
    });
    await running.post(webhookOf({ statuses: [status(first)] }));
    await running.settle();
    expect(await look(running, first)).toMatchObject({ state: 'read', messageId: `wamid.of-${first}` });

    clock.advance(48 * hour);
    await running.settle();
    expect(await look(running, second)).toMatchObject({
      state: 'failed',
      failure: { code: 'outcome-unknown' },
    });
    expect(ana.messages().filter(({ direction }) => direction === 'in')).toHaveLength(2);
  });

  it('whose tries had a result that was not taken in yet keep what Meta accepted, and nothing goes back to the queue', async () => {
    const folder = temporaryFolder();
    const [file, backup] = [join(folder, 'recado.db'), join(folder, 'copy.db')];
    const now = Date.now();
    const store = await openSqliteStore(backup);
    const results: Attempt['result'][] = [
      { outcome: 'not-sent', reason: 'ECONNREFUSED' },
      { outcome: 'accepted', messageId: 'wamid.a', metaHold: false, waId: null, userId: null, input: null },
      { outcome: 'unknown', reason: 'ECONNRESET' },
    ];
    const taken: Notification[] = [];
    for (const result of results) {
      const asked = testNotification(now, { notAfter: now + hour });
      const event = notificationEvent(asked);
      const inserted = await store.insertNotification({ notification: asked, event, idempotency: null });
      if (inserted.outcome !== 'inserted') throw new Error('The notification was not inserted.');
      const { notification } = inserted;
      taken.push(notification);
      const due = await store.readDue(notification.lane, now, { limit: 10, bulk: true });
      const draft = draftOf(notification.lane, due);
      draft.putNotification({ ...notification, state: 'sending', attempts: 1 });
      const fence = { lane: notification.lane, number: 0 };
      await store.commitLane({ fence, settledAttempts: [], changes: draft.changes() });
      await store.recordAttempt(notification.lane, {
        id: `${notification.id}.1`,
        notificationId: notification.id,
        number: 1,
        startedAt: now,
        finishedAt: now,
        result,
      });
    }
    await store.close();

    // Later than the first retry: the gateway that ran on may have made it.
    const restored = await restore(file, backup, { now: new Date(now + minute), keepKeys: false });
    expect(restored).toMatchObject({ suspended: 1, waiting: 0, former: null, keptAt: null });
    const reopened = await openSqliteStore(file);
    const states = await Promise.all(
      taken.map(async ({ id }) => (await reopened.findNotification(id))?.notification.state),
    );
    expect(states).toEqual(['unknown', 'accepted', 'unknown']);
    await reopened.close();
  });
});

describe('notifications that nobody can have sent since', () => {
  /** A gateway in which one notification is planned for a time, with a backup that has it queued; stopped later. */
  async function plannedFor(time: number) {
    const clock = testClock();
    const running = await runGateway({ overrides: { clock } });
    const ana = running.simulator.person('558587654321', { name: 'Ana Souza' });
    await ana.writes('Hi');
    await running.settle();
    const body = { to: '558587654321', text: 'planned', notBefore: new Date(time).toISOString() };
    const { id } = (await running.api<NotificationBody>('POST', '/v1/notifications', body)).body;
    const backup = join(temporaryFolder(), 'copy.db');
    expect((await recado(running, 'backup', backup)).exitCode).toBe(0);
    const heard = () => ana.messages().filter(({ direction }) => direction === 'in').length;
    return { running, clock, backup, id, heard };
  }

  it('stay queued where the former database has them queued still, although their time has come, and are sent once', async () => {
    const time = Date.now() + hour;
    const { running, backup, id, clock, heard } = await plannedFor(time);
    await running.gateway.close();
    const { file } = running.config.database;
    const restored = await restore(file, backup, { now: new Date(time + hour), keepKeys: false });
    expect(restored).toMatchObject({ suspended: 0, waiting: 1 });
    await running.restart();
    expect(await look(running, id)).toMatchObject({ state: 'queued' });
    clock.advance(2 * hour);
    await running.settle();
    expect(await look(running, id)).toMatchObject({ state: 'delivered' });
    expect(heard()).toBe(1);
  });

  it.each([
    { planned: 'later', offset: 3 * hour, state: 'queued' },
    { planned: 'earlier', offset: hour, state: 'unknown' },
  ])(
    'are known by their time alone without a former database: planned $planned, they are $state',
    async (expected) => {
      const now = Date.now();
      const { running, backup, id } = await plannedFor(now + expected.offset);
      await running.gateway.close();
      const file = join(temporaryFolder(), 'recado.db');
      await restore(file, backup, { now: new Date(now + 2 * hour), keepKeys: true });
      const store = await openSqliteStore(file);
      expect((await store.findNotification(id))?.notification.state).toBe(expected.state);
      await store.close();
    },
  );

  it('are not known by a former database that is older than the backup: the gateway ran elsewhere since', async () => {
    const now = Date.now();
    const { running, backup, id, clock } = await plannedFor(now + hour);
    const stale = join(temporaryFolder(), 'recado.db');
    await restore(stale, backup, { now: new Date(now), keepKeys: true });
    await running.post(
      webhookOf({ messages: [textMessage('wamid.1', '558587654321', 'More', 1_700_000_000)] }),
    );
    await running.settle();
    const newer = join(temporaryFolder(), 'newer.db');
    expect((await recado(running, 'backup', newer)).exitCode).toBe(0);
    clock.advance(2 * hour);
    await running.settle();
    await running.gateway.close();
    await restore(stale, newer, { now: new Date(now + 2 * hour), keepKeys: true });
    const store = await openSqliteStore(stale);
    expect((await store.findNotification(id))?.notification.state).toBe('unknown');
    await store.close();
  });

  it('show what to do when they are unknown, instead of saying that they go on by themselves', async () => {
    const now = Date.now();
    const { running, backup, id } = await plannedFor(now + hour);
    await running.gateway.close();
    const { file } = running.config.database;
    rmSync(file);
    await restore(file, backup, { now: new Date(now + 2 * hour), keepKeys: true });
    await running.restart();
    const shown = await runRecado(temporaryFolder(), ['show', id], {
      RECADO_URL: running.gateway.url,
      RECADO_ADMIN_KEY: adminKey,
    });
    expect(shown.stdout).toMatch(/\nNext: nobody knows whether it left, so it is not sent again\./);
  });
});

describe('API keys in a restored database', () => {
  type Key = { id: string; key: string };

  async function withKeys() {
    const running = await runGateway();
    const make = async (name: string) =>
      (await running.api<Key>('POST', '/v1/keys', { name, scopes: ['read'] })).body;
    const [kept, revoked] = [await make('kept'), await make('revoked')];
    const backup = join(temporaryFolder(), 'copy.db');
    expect((await recado(running, 'backup', backup)).exitCode).toBe(0);
    const later = await make('later');
    await running.api('DELETE', `/v1/keys/${revoked.id}`);
    const isGood = async ({ key }: Key) =>
      (await running.api('GET', '/v1/contacts', undefined, { authorization: `Bearer ${key}` })).status ===
      200;
    return { running, backup, kept, revoked, later, isGood };
  }

  it('stay revoked when the former database had revoked them', async () => {
    const { running, backup, kept, revoked, later, isGood } = await withKeys();
    await running.gateway.close();
    const run = await recado(running, 'restore', backup, '--keep-keys', '--json');
    expect(JSON.parse(run.stdout)).toMatchObject({
      revokedKeys: 1,
      backedUpAt: expect.stringMatching(/^20/),
    });
    await running.restart();
    expect([await isGood(kept), await isGood(revoked), await isGood(later)]).toEqual([true, false, false]);
    const { body } = await running.api<Page<object>>('GET', '/v1/audit');
    expect(body.data.slice(-3)).toMatchObject([
      { action: 'database.backed-up' },
      { action: 'api-key.revoked', subject: revoked.id, actor: { id: 'command', name: 'recado restore' } },
      { action: 'database.restored', detail: { suspended: 0, revokedKeys: 1 } },
    ]);
  });

  it.each([
    { words: [], good: false, sentence: 'so all of them (2) are revoked' },
    { words: ['--keep-keys'], good: true, sentence: 'as --keep-keys asks' },
  ])('are all as good as $good with "$words" where nothing says what was revoked', async (expected) => {
    const { running, backup, kept, revoked, isGood } = await withKeys();
    await running.gateway.close();
    const elsewhere = join(temporaryFolder(), 'recado.db');
    const run = await runRecado(temporaryFolder(), ['restore', backup, ...expected.words], {
      DATABASE_URL: `sqlite:${elsewhere}`,
    });
    expect(run.stdout).toContain(expected.sentence);
    copyFileSync(elsewhere, running.config.database.file);
    await running.restart();
    expect([await isGood(kept), await isGood(revoked)]).toEqual([expected.good, expected.good]);
  });
});

describe('the feed of a restored database', () => {
  it('is a whole beginning of what came, when the backup was made while webhooks came; cursors go on behind it', async () => {
    const running = await runGateway();
    const seconds = Math.floor(Date.now() / 1000);
    let posted = 0;
    const post = async () => {
      posted += 1;
      const message = textMessage(`wamid.${posted}`, '558587654321', `number ${posted}`, seconds);
      expect((await running.post(webhookOf({ messages: [message] }))).status).toBe(200);
    };
    while (posted < 20) await post();
    const backup = join(temporaryFolder(), 'copy.db');
    let ended = false;
    const backingUp = recado(running, 'backup', backup).finally(() => {
      ended = true;
    });
    while (!ended) await post();
    expect((await backingUp).exitCode).toBe(0);
    await post();
    await running.settle();
    const before = await running.api<Page<{ id: string }>>('GET', '/v1/events?limit=500');
    const cursor = before.body.next ?? before.body.data.at(-1)?.id;
    await running.gateway.close();
    expect((await recado(running, 'restore', backup)).stdout).not.toContain('cursor');
    await running.restart();

    const texts: string[] = [];
    let after = '';
    for (;;) {
      const page = await running.api<Page<{ payload: { text: { body: string } } }>>(
        'GET',
        `/v1/events?kind=message&limit=500${after}`,
      );
      texts.push(...page.body.data.map(({ payload }) => payload.text.body));
      if (page.body.next === null) break;
      after = `&after=${page.body.next}`;
    }
    expect(texts.length).toBeGreaterThanOrEqual(20);
    expect(texts.length).toBeLessThan(posted);
    expect(texts).toEqual(Array.from({ length: texts.length }, (_, index) => `number ${index + 1}`));

    posted += 1;
    await post();
    const news = await running.api<Page<object>>('GET', `/v1/events?after=${cursor}&kind=message&limit=500`);
    expect(news.body.data.at(-1)).toMatchObject({ payload: { text: { body: `number ${posted}` } } });
  });
});

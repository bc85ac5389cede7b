import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/adapters/store/store.ts';
import { type Alarm, resolved, sighted } from '../../src/domain/alarm.ts';
import { notificationEvent } from '../../src/flows/notification-event.ts';
import { alarmEvent } from '../../src/flows/upkeep/alarm-event.ts';
import { testNotification } from '../support/notification.ts';

const at = 1_790_000_000_000;

function alarm(number: number, changes: Partial<Alarm> = {}): Alarm {
  const sighting = { code: 'queue-growing', subject: `phone ${number}`, facts: null, at } as const;
  const id = `al_${String(number).padStart(16, '0')}`;
  return { ...sighted(null, sighting, () => id).alarm, ...changes };
}

/** What every engine must do with alarms. */
export function alarmsContract(engine: string, open: () => Promise<Store>): void {
  describe(`alarms on ${engine}`, () => {
    it('are kept with their event in the feed, in one transaction', async () => {
      const store = await open();
      const raised = alarm(1);
      await store.putAlarms([
        {
          alarm: raised,
          news: { news: 'raised', recipients: ['ALERT_EMAIL'] },
          event: alarmEvent({ news: 'raised', alarm: raised }, at),
        },
      ]);
      expect(await store.readOpenAlarms(at)).toEqual([
        { alarm: raised, tellings: [{ recipient: 'ALERT_EMAIL', news: 'raised', toldAt: null }] },
      ]);
      expect(await store.listEvents({ after: 0, kinds: ['alarm'], limit: 10 })).toMatchObject([
        { kind: 'alarm', lane: 'installation', webhookId: null, payload: { news: 'raised', id: raised.id } },
      ]);
      expect(await store.foldLane({ lane: 'installation', number: 0 }, 10)).toEqual({
        events: 1,
        notifications: [],
        ownEvents: 0,
        messages: 0,
      });
    });

    it('are raised once for a cause, whoever sees it', async () => {
      const store = await open();
      const changes = [alarm(1), alarm(2, { subject: 'phone 1' }), alarm(3)].map((one) => ({
        alarm: one,
        news: { news: 'raised', recipients: ['ALERT_EMAIL'] } as const,
        event: alarmEvent({ news: 'raised', alarm: one }, at),
      }));
      expect(await store.putAlarms(changes)).toEqual([true, false, true]);
      expect((await store.readOpenAlarms(0)).map((one) => one.alarm)).toEqual([alarm(1), alarm(3)]);
      expect(await store.listEvents({ after: 0, kinds: ['alarm'], limit: 10 })).toHaveLength(2);
    });

    it('stay over: who has not heard of it cannot open one again, nor tell its end twice', async () => {
      const store = await open();
      const [raised, over] = [alarm(1), resolved(alarm(1), at + 5, null)];
      const change = (one: Alarm) => ({
        alarm: one,
        news: null,
        event: alarmEvent({ news: one.resolvedAt === null ? 'raised' : 'resolved', alarm: one }, at),
      });
      expect(await store.putAlarms([change(raised), change(over)])).toEqual([true, true]);
      expect(await store.putAlarms([change({ ...raised, count: 2 }), change(over)])).toEqual([false, false]);
      expect(await store.listAlarms({ after: null, limit: 10 })).toEqual([over]);
      expect(await store.listEvents({ after: 0, kinds: ['alarm'], limit: 10 })).toHaveLength(2);
    });

    it('may be raised anew once they are resolved, and are read again as long as somebody is to be told', async () => {
      const store = await open();
      const first = resolved(alarm(1), at + 5, null);
      const news = { news: 'resolved', recipients: ['ALERT_EMAIL', 'ALERT_WEBHOOK_URL'] } as const;
      await store.putAlarms([{ alarm: first, news, event: null }]);
      await store.putAlarms([{ alarm: alarm(2, { subject: 'phone 1' }), news: null, event: null }]);
      const read = async (since: number) => (await store.readOpenAlarms(since)).map((one) => one.alarm.id);
      expect(await read(at)).toEqual([first.id, alarm(2).id]);
      expect(await read(at + 6)).toEqual([alarm(2).id]);
      const notice = { news: 'resolved', alarm: first } as const;
      await store.markTold([{ notice, recipient: 'ALERT_EMAIL', at: at + 9 }]);
      expect((await store.readOpenAlarms(at))[0]?.tellings).toEqual([
        { recipient: 'ALERT_EMAIL', news: 'resolved', toldAt: at + 9 },
        { recipient: 'ALERT_WEBHOOK_URL', news: 'resolved', toldAt: null },
      ]);
      await store.markTold([{ notice, recipient: 'ALERT_WEBHOOK_URL', at: at + 9 }]);
      expect(await read(at)).toEqual([alarm(2).id]);
    });

    it('remember who knows what: knowing of old news is not knowing of later news', async () => {
      const store = await open();
      const raised = alarm(1);
      const over = resolved(raised, at + 5, null);
      const recipients = ['ALERT_EMAIL'];
      await store.putAlarms([{ alarm: raised, news: { news: 'raised', recipients }, event: null }]);
      await store.putAlarms([{ alarm: over, news: { news: 'resolved', recipients }, event: null }]);
      const tellings = async () => (await store.readOpenAlarms(at))[0]?.tellings;
      await store.markTold([
        { notice: { news: 'raised', alarm: raised }, recipient: 'ALERT_EMAIL', at: at + 6 },
      ]);
      expect(await tellings()).toEqual([{ recipient: 'ALERT_EMAIL', news: 'resolved', toldAt: null }]);

      const someoneNew = {
        notice: { news: 'resolved', alarm: over },
        recipient: 'PAGER',
        at: at + 7,
      } as const;
      const unknown = { ...someoneNew, notice: { news: 'raised', alarm: alarm(9) } } as const;
      await store.markTold([someoneNew, unknown]);
      expect(await tellings()).toMatchObject([{ toldAt: null }, { recipient: 'PAGER', toldAt: at + 7 }]);
      await store.putAlarms([{ alarm: over, news: null, event: null }]);
      expect(await tellings()).toMatchObject([{ toldAt: null }, { toldAt: at + 7 }]);
    });

    it('are forgotten a few at a time, those that were resolved long ago, with what was told of them', async () => {
      const store = await open();
      const news = { news: 'resolved', recipients: ['ALERT_EMAIL'] } as const;
      for (const number of [1, 2, 3]) {
        await store.putAlarms([{ alarm: resolved(alarm(number), at + number, null), news, event: null }]);
      }
      await store.putAlarms([{ alarm: alarm(4), news: null, event: null }]);
      const left = async () => (await store.listAlarms({ after: null, limit: 10 })).map(({ id }) => id);
      expect(await store.forgetAlarms({ resolvedBefore: at + 3, limit: 1 })).toBe(1);
      expect(await left()).toEqual([4, 3, 2].map((number) => alarm(number).id));
      expect(await store.forgetAlarms({ resolvedBefore: at + 3, limit: 10 })).toBe(1);
      expect(await store.forgetAlarms({ resolvedBefore: at + 3, limit: 10 })).toBe(0);
      expect(await left()).toEqual([4, 3].map((number) => alarm(number).id));
    });

    it('are listed open ones first, the newest first, from any place', async () => {
      const store = await open();
      for (const one of [resolved(alarm(1), at, null), alarm(2), resolved(alarm(3), at, null), alarm(4)]) {
        await store.putAlarms([{ alarm: one, news: null, event: null }]);
      }
      const order = [4, 2, 3, 1].map((number) => alarm(number).id);
      const list = async (after: string | null) =>
        (await store.listAlarms({ after, limit: 10 })).map(({ id }) => id);
      expect(await list(null)).toEqual(order);
      for (const [index, id] of order.entries()) expect(await list(id)).toEqual(order.slice(index + 1));
      expect(await store.listAlarms({ after: null, limit: 3 })).toHaveLength(3);
    });

    it('prove that a commit is possible', async () => {
      const store = await open();
      await store.proveCommit();
      expect(await store.lastPosition()).toBe(0);
    });
  });

  describe(`the health of ${engine}`, () => {
    it('is read, and is empty at first', async () => {
      const store = await open();
      expect(await store.readHealth(10)).toMatchObject({
        feedPosition: 0,
        lag: [],
        waiting: [
          { state: 'queued', count: 0 },
          { state: 'sending', count: 0 },
          { state: 'unknown', count: 0 },
        ],
        databaseBytes: expect.any(Number),
      });
      expect(await store.readQueues(at, 10)).toEqual([]);
    });

    it('counts what is due, and since when, up to a limit', async () => {
      const store = await open();
      for (const [index, nextAttemptAt] of [at - 500, at - 900, at, at + 1].entries()) {
        const id = `nt_000000000000000${index}`;
        const notification = testNotification(at, { id, nextAttemptAt });
        const event = notificationEvent(notification);
        await store.insertNotification({ notification, event, idempotency: null });
      }
      const { lane } = testNotification(at);
      expect(await store.readQueues(at, 10)).toEqual([{ lane, due: 3, oldestDueAt: at - 900 }]);
      expect(await store.readQueues(at, 2)).toEqual([{ lane, due: 2, oldestDueAt: at - 900 }]);
      expect(await store.readQueues(at - 1000, 10)).toEqual([]);
      expect(await store.readHealth(3)).toMatchObject({
        feedPosition: 4,
        lag: [{ lane, positions: 4 }],
        waiting: [{ state: 'queued', count: 3 }, { count: 0 }, { count: 0 }],
      });
    });
  });
}

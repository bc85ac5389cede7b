import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/adapters/store/store.ts';
import { resolved, sighted } from '../../src/domain/alarm.ts';
import { apiKeyDigest } from '../../src/flows/access/api-key-text.ts';
import { notificationEvent } from '../../src/flows/notification-event.ts';
import { alarmEvent } from '../../src/flows/upkeep/alarm-event.ts';
import { testNotification } from '../support/notification.ts';
import { textMessage, webhookOf } from '../support/running-gateway.ts';
import { businessPhoneId } from '../support/test-config.ts';
import { hear, lane, receivedAt } from './hear.ts';

const seconds = receivedAt / 1000;

/** What people and programs really send: more than one plane, a zero, half a pair, and what SQL would take for its own. */
const odd = 'ção 😀 \u0000 | \u{1f1e7}\u{1f1f7} "\'\\ ␀ \\u0000 %s $1 \u2028\u202e\ufeff';

/** The same with half a pair, which is no text: UTF-8 has no way to write it, so the sign for that stands in its place. */
const broken = `${odd} \ud800 \udc00x`;
const mended = broken.toWellFormed();

/** No engine may refuse or change a text that the other keeps. */
export function textsContract(engine: string, open: () => Promise<Store>): void {
  describe(`texts of all kinds on ${engine}`, () => {
    it('stand in names, numbers’ owners and messages as they came', async () => {
      const store = await open();
      await hear(
        store,
        webhookOf({
          contacts: [{ wa_id: '16505551000', user_id: `US.${odd}`, profile: { name: broken } }],
          messages: [
            {
              ...textMessage('wamid.one', '16505551000', broken, seconds),
              from_user_id: `US.${odd}`,
            },
          ],
        }),
      );
      const [person] = await store.listContacts({ after: null, limit: 10, search: null });
      expect(person?.contact.name).toBe(mended);
      expect(person?.contact.identifiers.map(({ value }) => value)).toContain(`US.${odd}`);
      const conversationId = person?.conversation?.id ?? '';
      const thread = await store.listMessages({ conversationId, after: null, limit: 10 });
      expect(thread).toMatchObject([{ text: broken, messageId: 'wamid.one' }]);
      for (const search of ['ção 😀 \u0000', '$1', `us.${odd.toLowerCase()}`]) {
        expect(await store.listContacts({ after: null, limit: 10, search })).toHaveLength(1);
      }
      const found = await store.findRecipient(lane, null, [{ kind: 'user_id', value: `US.${odd}` }]);
      expect(found?.contact.id).toBe(person?.contact.id);
    });

    it('stand in errors of statuses and in ids of messages as they came', async () => {
      const store = await open();
      const id = `wamid.${odd}`;
      const notification = testNotification(receivedAt, { state: 'accepted', attempts: 1, messageId: id });
      await store.insertNotification({
        notification,
        event: notificationEvent(notification),
        idempotency: null,
      });
      const errors = [{ code: 131026, title: broken }];
      const status = {
        id,
        status: 'failed',
        timestamp: String(seconds),
        recipient_id: '558587654321',
        errors,
      };
      await hear(store, webhookOf({ statuses: [status] }));
      const found = await store.findNotification(notification.id);
      expect(found?.notification).toMatchObject({ state: 'failed', messageId: id });
      expect(found?.statuses).toMatchObject([{ name: 'failed' }]);
      expect(JSON.stringify(found?.statuses[0]?.errors)).toContain(JSON.stringify(odd).slice(1, -1));
    });

    it('stand in notifications, their events and their attempts as they came', async () => {
      const store = await open();
      const notification = testNotification(receivedAt, {
        to: odd,
        content: { type: 'text', body: broken, previewUrl: false },
        reference: odd,
        because: odd,
        contactId: null,
      });
      const inserted = await store.insertNotification({
        notification,
        event: notificationEvent(notification),
        idempotency: { scope: odd, key: odd, digest: 'd' },
      });
      expect(inserted.outcome).toBe('inserted');
      const again = await store.insertNotification({
        notification: { ...notification, id: 'nt_0000000000000002' },
        event: notificationEvent(notification),
        idempotency: { scope: odd, key: odd, digest: 'd' },
      });
      expect(again).toMatchObject({ outcome: 'repeated', notification: { id: notification.id } });
      const attempt = {
        id: `${notification.id}.1`,
        notificationId: notification.id,
        number: 1,
        startedAt: receivedAt,
        finishedAt: receivedAt,
        result: { outcome: 'unknown' as const, reason: broken },
      };
      await store.recordAttempt(lane, attempt);
      const found = await store.findNotification(notification.id);
      expect(found?.notification).toMatchObject({
        to: odd,
        content: { body: broken },
        reference: odd,
        because: odd,
      });
      expect(found?.attempts).toEqual([attempt]);
      const [event] = await store.listEvents({ after: 0, kinds: ['notification'], limit: 10 });
      expect(event?.payload).toMatchObject({ reference: odd });
    });

    it('stand in keys, settings, phones, alarms, commands and the audit log as they came', async () => {
      const store = await open();
      const actor = { id: odd, name: odd };
      const key = {
        id: 'ak_1',
        name: odd,
        scopes: ['read' as const],
        prefix: 'rk_abcdef',
        createdAt: receivedAt,
        lastUsedAt: null,
        revokedAt: null,
      };
      await store.insertApiKey({ key, digest: apiKeyDigest('rk_text'), actor });
      expect(await store.listApiKeys({ after: null, limit: 10 })).toEqual([key]);

      const value = { [odd]: [broken, 1.5, -0.25, 1e21, null, true] };
      await store.changeSettings({ changes: [{ name: 'unknownPatience', value }], at: receivedAt, actor });
      expect(await store.readSettings()).toEqual([
        { name: 'unknownPatience', value, updatedAt: receivedAt, updatedBy: odd },
      ]);

      const phone = {
        id: businessPhoneId,
        wabaId: odd,
        displayPhoneNumber: odd,
        label: odd,
        accessToken: odd,
        appSecrets: odd,
        isDefault: true,
        createdAt: receivedAt,
        updatedAt: receivedAt,
      };
      expect(await store.writeConfiguredPhones({ put: [phone], remove: [], audit: [] })).toEqual([phone]);

      const sighting = { code: 'queue-growing', subject: odd, facts: null, at: receivedAt } as const;
      const alarm = resolved(sighted(null, sighting, () => 'al_1').alarm, receivedAt, odd);
      const event = alarmEvent({ news: 'raised', alarm }, receivedAt);
      await store.putAlarms([{ alarm, news: { news: 'resolved', recipients: [odd] }, event }]);
      expect(await store.readOpenAlarms(0)).toEqual([
        { alarm, tellings: [{ recipient: odd, news: 'resolved', toldAt: null }] },
      ]);

      const command = {
        id: 'cm_1',
        lane,
        request: { kind: 'cancel-notification' as const, notificationId: odd },
        actor,
        createdAt: receivedAt,
        appliedAt: null,
        result: null,
      };
      await store.insertCommand(command);
      expect(await store.findCommand('cm_1')).toEqual(command);
      expect((await store.readCommands(lane, 10)).commands).toEqual([command]);

      const audit = await store.listAudit({ after: 0, limit: 10 });
      expect(audit).toMatchObject([
        { actor, action: 'api-key.created', detail: { name: odd } },
        { actor, action: 'setting.changed', detail: { before: null, after: value } },
      ]);
    });

    it('stand in opt-outs as they came', async () => {
      const store = await open();
      const preference = {
        purpose: 'marketing' as const,
        optedOut: true,
        at: 5,
        key: odd,
        evidence: odd,
      };
      const audit = {
        at: 5,
        actor: { id: 'admin', name: 'admin' },
        action: 'contact.opted-out',
        subject: odd,
        detail: { [odd]: odd },
      };
      await store.insertPreference(lane, [{ kind: 'user_id', value: odd }], preference, audit);
      expect(await store.readPreferences(lane, [{ kind: 'user_id', value: odd }])).toEqual([preference]);
      expect(await store.auditTimes({ action: 'contact.opted-out', subject: odd, since: 0 })).toEqual([5]);
    });
  });
}

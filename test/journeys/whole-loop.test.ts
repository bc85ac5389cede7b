import { describe, expect, it } from 'vitest';
import type { ContactBody } from '../../src/server/contract/contact.ts';
import type { EventBody } from '../../src/server/contract/event.ts';
import type { NotificationBody } from '../../src/server/contract/notification.ts';
import { type Page, runGateway } from '../support/running-gateway.ts';

describe('the whole loop', () => {
  it('hears "Hi", registers the person, notifies, and tracks the message until it is read', async () => {
    const { simulator, api, settle, log } = await runGateway();
    const ana = simulator.person('558587654321', { name: 'Ana Souza' });
    await ana.writes('Hi');
    await settle();

    const contacts = await api<Page<ContactBody>>('GET', '/v1/contacts');
    expect(contacts.body.data).toHaveLength(1);
    expect(contacts.body.data[0]).toMatchObject({
      name: 'Ana Souza',
      waId: '558587654321',
      wroteIn: true,
      window: { open: true },
      canBeNotified: { freeForm: true, template: true },
    });

    // Typed with the ninth digit, which Ana's WhatsApp ID does not have.
    const taken = await api<NotificationBody>('POST', '/v1/notifications', {
      to: '+55 85 98765-4321',
      text: 'Your interview is tomorrow at 10.',
      reference: 'interview-17',
    });
    expect(taken.status).toBe(202);
    expect(taken.body).toMatchObject({ state: 'queued', decision: 'free-form', reference: 'interview-17' });
    await settle();
    const delivered = await api<NotificationBody>('GET', `/v1/notifications/${taken.body.id}`);
    expect(delivered.body).toMatchObject({ state: 'delivered', contactId: contacts.body.data[0]?.id });
    expect(ana.messages().at(-1)).toMatchObject({
      direction: 'in',
      text: 'Your interview is tomorrow at 10.',
    });

    await ana.reads();
    await settle();
    const read = await api<NotificationBody>('GET', `/v1/notifications/${taken.body.id}`);
    expect(read.body.state).toBe('read');
    expect(read.body.statuses?.map(({ status }) => status)).toEqual(['sent', 'delivered', 'read']);
    expect(read.body.attempts).toMatchObject([{ number: 1, outcome: 'accepted' }]);

    const events = await api<Page<EventBody>>('GET', '/v1/events?kind=notification');
    const told = events.body.data.map(({ payload }) => payload as NotificationBody);
    for (const payload of told) {
      expect(payload).toMatchObject({ notificationId: taken.body.id, reference: 'interview-17' });
    }
    // A status that overtakes Meta's own answer, as it may on a busy machine, leaves `accepted` out.
    const whole = ['queued', 'sending', 'accepted', 'sent', 'delivered', 'read'];
    const states = told.map(({ state }) => state);
    expect(states).toEqual(whole.filter((state) => state !== 'accepted' || states.includes('accepted')));
    expect(log).toEqual(
      expect.arrayContaining([
        '[INFO] Webhook received: {"webhook":1,"message":1}',
        '[INFO] Received message from 558587654321, type: text',
        '[INFO] Text message: Hi',
        '[INFO] Message from 558587654321 registered. They can now receive notifications.',
      ]),
    );
  });

  it('shows the thread of both directions in the order of the feed', async () => {
    const { simulator, api, settle } = await runGateway();
    const ana = simulator.person('558587654321', { name: 'Ana Souza' });
    await ana.writes('Hi');
    await settle();
    await api('POST', '/v1/notifications', { to: '558587654321', text: 'Hello Ana' });
    await settle();
    await ana.writes('Thanks');
    await settle();

    const conversations = await api<Page<{ id: string; name: string }>>('GET', '/v1/conversations');
    expect(conversations.body.data).toMatchObject([{ name: 'Ana Souza' }]);
    const thread = await api<Page<object>>(
      'GET',
      `/v1/conversations/${conversations.body.data[0]?.id}/messages`,
    );
    expect(thread.body.data).toMatchObject([
      { direction: 'in', type: 'text', text: 'Hi' },
      { direction: 'out', type: 'text', text: 'Hello Ana', state: 'delivered' },
      { direction: 'in', type: 'text', text: 'Thanks' },
    ]);
  });

  it('makes a contact of somebody who never wrote, when a template reaches them', async () => {
    const { simulator, api, settle } = await runGateway();
    simulator.person('558587654321', { name: 'Ana Souza' });
    const template = { name: 'hello_world', language: 'en_US' };
    const taken = await api<NotificationBody>('POST', '/v1/notifications', {
      to: '+5585987654321',
      template,
    });
    expect(taken.body).toMatchObject({ decision: 'template', contactId: null });
    await settle();

    const contacts = await api<Page<ContactBody>>('GET', '/v1/contacts');
    expect(contacts.body.data).toMatchObject([
      { waId: '558587654321', wroteIn: false, window: { open: false }, canBeNotified: { freeForm: false } },
    ]);
    expect(contacts.body.data[0]?.identifiers).toContainEqual({
      kind: 'typed',
      value: '5585987654321',
      until: null,
    });
    const after = await api<NotificationBody>('GET', `/v1/notifications/${taken.body.id}`);
    expect(after.body).toMatchObject({ state: 'delivered', contactId: contacts.body.data[0]?.id });
  });

  it('sends the fallback template when the window is closed, and says so', async () => {
    const { simulator, api, settle } = await runGateway();
    const ana = simulator.person('558587654321');
    const taken = await api<NotificationBody>('POST', '/v1/notifications', {
      to: '558587654321',
      text: 'Hello',
      fallback: { name: 'hello_world', language: 'en_US' },
    });
    expect(taken.body).toMatchObject({ state: 'queued', decision: 'template' });
    expect(taken.body.because).toContain('hello_world');
    await settle();
    expect(ana.messages()).toMatchObject([{ kind: 'template' }]);
  });
});

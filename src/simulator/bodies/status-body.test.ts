import { describe, expect, it } from 'vitest';
import { readOnlyEvent } from '../../../test/support/read-bodies.ts';
import { problem } from '../graph/graph-error.ts';
import { type StatusNews, type StatusSubject, statusBody } from './status-body.ts';
import { webhookShape } from './webhook-shape.ts';

const source = {
  wabaId: '300100300100300',
  phoneNumberId: '200100200100200',
  displayPhoneNumber: '551132100000',
};
const at = 1_790_000_000_000;
const day = 24 * 60 * 60 * 1000;
const subject: StatusSubject = {
  messageId: 'wamid.s',
  at,
  recipient: { waId: '558587654321', userId: 'BR.101', name: 'Ana Souza' },
  callbackData: 'nt_1',
  conversationId: 'c1',
};
const sent: StatusNews = { status: 'sent', category: 'utility', price: 'regular' };

function read(news: StatusNews, differences: Parameters<typeof webhookShape>[0], more = {}) {
  return readOnlyEvent(statusBody(source, { ...subject, ...more }, news, webhookShape(differences)));
}

describe('statuses are read as they were meant (meta-facts §4.3)', () => {
  const named: StatusNews[] = [
    sent,
    { status: 'delivered' },
    { status: 'read' },
    { status: 'played' },
    { status: 'deleted' },
    { status: 'failed', failure: problem(131049) },
  ];
  const table = [20, 22, 23, 24, 25, 26].flatMap((version) =>
    [true, false].flatMap((userIds) => named.map((news) => [news.status, version, userIds, news] as const)),
  );

  it.each(table)('%s in v%s, user ids: %s', (name, version, userIds, news) => {
    expect(read(news, { version, userIds })).toMatchObject({
      kind: 'status',
      occurredAt: at,
      content: {
        messageId: 'wamid.s',
        name,
        recipient: { waId: '558587654321', userId: userIds ? 'BR.101' : null },
        callbackData: 'nt_1',
        errors: name === 'failed' ? [{ code: 131049 }] : [],
      },
    });
  });

  it.each([20, 21, 22, 23])('v%s names the conversation, and with sent its end', (version) => {
    const conversation = { id: 'c1', origin: 'utility' };
    expect(read(sent, { version }).content).toMatchObject({
      conversation: { ...conversation, expiresAt: at + day },
    });
    const charge = { category: 'utility', price: 'regular' } as const;
    expect(read({ status: 'delivered', charge }, { version }).content).toMatchObject({
      conversation: { ...conversation, expiresAt: null },
      pricing: null,
    });
  });

  it.each([24, 25, 26])('v%s leaves the conversation out, except after an advertisement', (version) => {
    expect(read(sent, { version }).content).toMatchObject({ conversation: null });
    expect(read({ ...sent, price: 'free_entry_point' }, { version }).content).toMatchObject({
      conversation: { id: 'c1', origin: 'referral_conversion' },
      pricing: { billable: false, type: 'free_entry_point' },
    });
  });

  it.each([
    ['PMP', 'utility', { billable: true, model: 'PMP', type: 'regular', category: 'utility' }],
    ['PMP', 'service', { billable: false, model: 'PMP', type: 'free_customer_service', category: 'service' }],
    ['CBP', 'utility', { billable: true, model: 'CBP', type: null, category: 'utility' }],
    ['CBP', 'service', { billable: false, model: 'CBP', type: null, category: 'service' }],
  ] as const)('are priced by %s: %s', (pricingModel, category, pricing) => {
    const price = category === 'service' ? 'free_customer_service' : 'regular';
    expect(read({ status: 'sent', category, price }, { version: 22, pricingModel }).content).toMatchObject({
      pricing,
    });
  });

  it.each([
    [Date.UTC(2025, 5, 30), 'CBP'],
    [Date.UTC(2025, 6, 1), 'PMP'],
  ])('are priced as Meta did at the time: %s', (time, model) => {
    expect(read(sent, {}, { at: time }).content).toMatchObject({ pricing: { model } });
  });

  it('tell the price once, with sent or with delivered', () => {
    const delivered: StatusNews = { status: 'delivered', charge: { category: 'utility', price: 'regular' } };
    expect(read(sent, { priceWith: 'delivered' }).content).toMatchObject({ pricing: null });
    expect(read(delivered, { priceWith: 'delivered' }).content).toMatchObject({
      pricing: { category: 'utility' },
    });
  });

  it('omit the number of somebody who hides it, and keep it before user ids (meta-facts §9)', () => {
    const recipient = { ...subject.recipient, numberHidden: true };
    expect(read({ status: 'read' }, {}, { recipient }).content).toMatchObject({
      recipient: { waId: null, userId: 'BR.101' },
    });
    expect(JSON.stringify(statusBody(source, { ...subject, recipient }, { status: 'read' }))).not.toContain(
      '558587654321',
    );
    expect(read({ status: 'read' }, { userIds: false }, { recipient }).content).toMatchObject({
      recipient: { waId: '558587654321', userId: null },
    });
  });

  it('of a group speak of one member (meta-facts §4.3, group)', () => {
    expect(read({ status: 'delivered' }, {}, { groupId: 'grupo-1' }).content).toMatchObject({
      groupId: 'grupo-1',
      participant: '558587654321',
      recipient: { waId: '558587654321', userId: 'BR.101' },
    });
  });
});

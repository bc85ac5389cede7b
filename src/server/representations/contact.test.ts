import { describe, expect, it } from 'vitest';
import { phoneLane } from '../../domain/lane.ts';
import { contactBody } from './contact.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const hour = 60 * 60 * 1000;
const lane = phoneLane('200100200100200');
const contact = {
  id: 'ct_01k9x2m4c7b8d3fq',
  lane,
  name: 'Ana Souza',
  nameAt: now,
  nameKey: '00',
  identifiers: [
    {
      kind: 'typed' as const,
      value: '5585987654321',
      confirmedAt: null,
      pairedSince: null,
      pairedAt: null,
      until: null,
      passedOn: false,
    },
    {
      kind: 'wa_id' as const,
      value: '558587654321',
      confirmedAt: now,
      pairedSince: null,
      pairedAt: null,
      until: null,
      passedOn: false,
    },
  ],
  firstSeenAt: now - 30 * hour,
  wroteIn: true,
  mergedInto: null,
};

describe('whether a contact may be notified now', () => {
  it.each([
    [
      'an hour after they wrote',
      now - hour,
      { open: true, closesAt: '2026-11-21T11:00:00.000Z' },
      'This person wrote or called less than 24 hours ago, so texts are allowed until 2026-11-21T11:00:00.000Z, and templates always.',
    ],
    [
      'exactly 24 hours after they wrote',
      now - 24 * hour,
      { open: false, closesAt: '2026-11-20T12:00:00.000Z' },
      'The 24-hour window closed at 2026-11-20T12:00:00.000Z, so only templates are allowed until this person writes again.',
    ],
    [
      'when they never wrote',
      null,
      { open: false, closesAt: null },
      'This person has not written yet, so only templates are allowed.',
    ],
  ])('%s', (_name, lastInboundAt, window, because) => {
    const conversation = {
      id: 'cv_01k9x2m4c7b8d3fq',
      lane,
      contactId: contact.id,
      groupId: null,
      lastInboundAt,
      lastMessageAt: now,
    };
    expect(contactBody({ contact, conversation, mergedFrom: [], optOuts: [] }, now)).toMatchObject({
      businessPhoneId: '200100200100200',
      waId: '558587654321',
      userId: null,
      conversationId: 'cv_01k9x2m4c7b8d3fq',
      firstSeenAt: '2026-11-19T06:00:00.000Z',
      window,
      canBeNotified: { freeForm: window.open, template: true, because },
    });
  });

  it('before there is a conversation', () => {
    const body = contactBody({ contact, conversation: null, mergedFrom: [], optOuts: [] }, now);
    expect(body.conversationId).toBeNull();
    expect(body.canBeNotified.freeForm).toBe(false);
  });
});

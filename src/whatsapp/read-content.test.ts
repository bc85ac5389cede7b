import { describe, expect, it } from 'vitest';
import { webhookFixture } from '../../test/support/webhook-fixtures.ts';
import type { EventKind } from '../domain/event.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { createEventKeys } from './event-key.ts';
import { parseWebhook } from './parse-webhook.ts';
import { readContent, readContentAt } from './read-content.ts';
import { parseBody } from './read-event.ts';

const keys = createEventKeys(new Uint8Array(32));
const ana = { waId: '558587654321', userId: null, parentUserId: null };
const nobody = { waId: null, userId: null, parentUserId: null };

function contentsOf(fixture: string): Json[] {
  const bytes = webhookFixture(fixture);
  const body = parseBody(bytes);
  return parseWebhook(bytes, keys).events.map(({ kind, path }) => readContentAt(kind, body, path));
}

describe('what the fixtures say', () => {
  it.each<[string, number, JsonObject]>([
    [
      'status-sent',
      0,
      { name: 'sent', recipient: ana, callbackData: 'nt_0123456789abcdef', conversation: null },
    ],
    [
      'status-shapes',
      0,
      {
        conversation: { id: 'conversa-1', expiresAt: 1_760_086_500_000, origin: 'marketing' },
        pricing: { billable: true, model: 'CBP', type: null, category: 'marketing' },
      },
    ],
    [
      'status-shapes',
      1,
      {
        conversation: { id: 'conversa-2', expiresAt: 1_760_086_500_000, origin: 'referral_conversion' },
        pricing: { billable: false, model: 'PMP', type: 'free_entry_point', category: 'referral_conversion' },
      },
    ],
    ['status-shapes', 2, { conversation: { id: 'conversa-3', expiresAt: null, origin: 'service' } }],
    ['status-shapes', 3, { identityKeyHash: 'aGFzaA==', conversation: null, pricing: null }],
    [
      'status-shapes',
      5,
      { name: 'failed', errors: [{ code: 131049, title: expect.any(String), details: null }] },
    ],
    [
      'status-shapes',
      6,
      {
        recipient: {
          waId: '558587654321',
          userId: 'BR.5500112233445566778',
          parentUserId: 'BR.ENT.9900112233445566778',
        },
      },
    ],
    ['status-shapes', 7, { groupId: 'grupo-1', participant: '558587654321', recipient: ana }],
    [
      'value-error-without-code',
      0,
      { code: null, title: 'Something is wrong', href: '/documentation/errors' },
    ],
    ['user-actions', 0, { form: 'link-click', event: 'marketing_messages_link_click' }],
    ['user-action-unknown', 0, { form: 'other', event: 'template_waved_at', person: ana }],
    [
      'call-steps',
      0,
      { form: 'connect', direction: 'out', person: ana, session: { sdpType: 'answer', sdp: 'v=0' } },
    ],
    ['call-steps', 1, { form: 'status', event: 'RINGING', direction: 'out', callbackData: 'pedido-17' }],
    [
      'call-steps',
      4,
      {
        form: 'terminate',
        outcome: 'COMPLETED',
        startedAt: 1_760_000_010_000,
        endedAt: 1_760_000_130_000,
        durationSeconds: 120,
      },
    ],
    [
      'echoes-elsewhere',
      0,
      { from: '551132100000', message: { content: { body: 'Escrita em outro aplicativo' } } },
    ],
    ['conversation-context', 3, { person: ana, summary: 'Ana asks when her order of Monday will come.' }],
    ['conversation-context', 0, { identityKeyHash: 'RECADO-KEY-1', content: { body: 'E o meu pedido?' } }],
    ['conversation-context', 1, { form: 'unknown', field: 'messages', members: ['priority'] }],
    ['lone-objects', 0, { content: { body: 'Sozinha' } }],
    ['lone-objects', 1, { name: 'failed', errors: [{ code: null, title: 'Account problem' }] }],
    [
      'history',
      0,
      {
        form: 'chunk',
        phase: 0,
        chunkOrder: 1,
        progress: 55,
        threads: [
          {
            person: ana,
            messages: [
              {
                direction: 'in',
                sender: ana,
                sentAt: 1_750_000_000_000,
                status: 'READ',
                message: { messageId: 'wamid.RECADO-H1', content: { type: 'text', body: 'Antigamente' } },
              },
            ],
          },
        ],
      },
    ],
    [
      'history-placeholder',
      0,
      {
        threads: [
          {
            messages: [
              { direction: 'out', status: 'PLAYED', message: { content: { type: 'media-placeholder' } } },
            ],
          },
        ],
      },
    ],
    ['history-media', 0, { form: 'message', message: { content: { type: 'image' } } }],
    ['history-withheld', 0, { form: 'withheld', errors: [{ code: 2593109 }] }],
    [
      'sync-changes',
      0,
      { form: 'contact-edited', person: ana, fullName: 'Ana Souza Lima', firstName: 'Ana' },
    ],
    ['sync-changes', 1, { form: 'contact-removed', person: ana, changedAt: 1_760_000_001_000 }],
    ['sync-changes', 2, { form: 'contact-changed', event: 'star' }],
    ['sync-changes', 3, { form: 'other', subject: 'label', event: 'add' }],
    ['preference-choices', 0, { form: 'stopped', category: 'marketing_messages', signupId: null }],
    ['preference-choices', 2, { form: 'signed-up', event: 'signup', signupId: '640100640100640' }],
    ['consumer-profile', 0, { form: 'profile', name: 'Ana Souza', username: 'ana.souza' }],
    [
      'group-changes',
      1,
      { form: 'participants', event: 'group_create', removed: [{ ...ana, input: '558587654321' }, {}] },
    ],
    ['group-changes', 2, { form: 'settings', picture: { mimeType: 'image/jpeg' } }],
    [
      'template-statuses',
      0,
      { reason: 'INVALID_FORMAT', rejection: { recommendation: 'Put a word between them.' } },
    ],
    ['template-statuses', 1, { event: 'FLAGGED', reason: null, disableDate: 'October 31, 2025' }],
    ['template-statuses', 2, { event: 'PAUSED', reason: null, other: { title: 'FIRST_PAUSE' } }],
    ['template-fields', 0, { form: 'quality', formerQuality: 'GREEN', quality: 'YELLOW' }],
    ['template-fields', 1, { form: 'components', title: 'Sua entrevista', buttons: [{ type: 'URL' }, {}] }],
    [
      'template-fields',
      2,
      { form: 'category', formerCategory: null, correctCategory: 'MARKETING', changesAt: 1_760_086_400_000 },
    ],
    [
      'template-fields',
      3,
      { form: 'category', formerCategory: 'UTILITY', category: 'MARKETING', changesAt: null },
    ],
    ['template-fields', 5, { form: 'other', event: 'ROSES', templateId: '700100700100700' }],
    ['account-notices', 4, { form: 'notice', parties: { adAccountId: '500100500100500' } }],
    ['account-notices', 6, { form: 'update', event: 'ACCOUNT_MOVED_TO_THE_MOON' }],
    ['account-update-without-field', 0, { form: 'partner', event: 'PARTNER_APP_INSTALLED' }],
    [
      'account-restrictions',
      1,
      {
        restrictions: [
          { restriction: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION', expiresAt: 1_760_086_600_000 },
          { restriction: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiresAt: null },
        ],
      },
    ],
    ['account-partners', 1, { disconnection: { reason: 'PRIMARY_INACTIVITY', initiatedBy: 'SYSTEM' } }],
    ['account-partners', 4, { status: 'APPROVED', rejectionReasons: [] }],
    ['account-prices', 0, { tier: '100001:1000000', month: '2025-11', changedAt: 1_760_000_000_000 }],
    ['account-prices', 1, { exceptions: [{ country: 'ID', startsAt: 1_760_500_000_000 }] }],
    ['account-fields', 0, { form: 'alert', severity: 'WARNING', entityType: 'PHONE_NUMBER' }],
    [
      'account-fields',
      2,
      {
        event: 'phone_number_settings',
        calling: { hours: { timeZone: 'America/Fortaleza' }, sip: { hostnames: ['sip.example.com'] } },
      },
    ],
    ['account-fields', 3, { dailyLimit: '2000', phoneNumbersPerWaba: 20, phoneNumbersPerBusiness: null }],
    ['account-fields', 4, { dailyLimit: 'TIER_10K', phoneNumbersPerBusiness: 20 }],
    ['phone-fields', 1, { decision: 'REJECTED', rejectionReason: 'NAME_DOES_NOT_MATCH' }],
    ['phone-fields', 6, { event: 'UPGRADE', formerLimit: 'TIER_250', limit: 'TIER_2K' }],
    ['phone-fields', 7, { event: 'DOWNGRADE', formerLimit: null, limit: 'TIER_250' }],
    ['phone-fields', 9, { form: 'username', displayNumber: '551132100000', status: 'reserved' }],
    ['phone-fields', 10, { form: 'username', username: 'padaria.aurora' }],
    ['phone-fields', 11, { form: 'other', event: 'BLUE' }],
    ['flows', 2, { form: 'error-rate', errorRate: 20, errors: [{ type: 'TIMEOUT', rate: 100, count: 3 }] }],
    ['flows', 3, { form: 'latency', p90: 8200, p50: 600, requests: 40, threshold: 7000 }],
    ['flows', 4, { form: 'version-expiry', message: 'The version of this Flow ends in 21 days.' }],
    ['flows', 5, { form: 'other', event: 'FLOW_TOOK_A_NAP', message: 'The Flow rests.' }],
    [
      'handover',
      0,
      { person: ana, formerOwner: 'ai_agent', owner: 'escalation', displayNumber: '551132100000' },
    ],
    ['handover-other', 0, { event: 'control_lent', owner: null }],
    ['standby', 0, { form: 'message', sender: ana }],
    ['standby-others', 0, { form: 'status', status: { name: 'delivered', pricing: { type: 'regular' } } }],
    ['standby-others', 1, { form: 'echo', echo: { to: ana } }],
    ['payments-and-partners', 0, { createdAt: 1_759_000_000_000, updatedAt: null, status: 'Needs Testing' }],
    ['tracking-events', 0, { event: 'LeadSubmitted', messageId: 'wamid.RECADO-T9', clickId: 'clique-9' }],
    ['unknown-field', 0, { form: 'unknown' }],
  ])('%s, event %i', (fixture, index, content) => {
    expect(contentsOf(fixture)[index]).toMatchObject(content);
  });
});

describe('what cannot be read', () => {
  it('is told: a body that is no JSON', () => {
    expect(readContentAt('unrecognised', undefined, '')).toEqual({
      form: 'not-json',
      field: null,
      members: [],
    });
  });

  it('is told: an element nested beyond reason, under every kind', () => {
    let deep: Json = [];
    for (let depth = 0; depth < 300; depth += 1) deep = [deep];
    const body: Json = {
      entry: [{ changes: [{ field: 'messages', value: { messages: [{ text: deep }] } }] }],
    };
    expect(readContentAt('unrecognised', body, '0.0.messages.0')).toEqual({
      form: 'nested-too-deep',
      field: 'messages',
      members: [],
    });
    expect(readContentAt('message', body, '0.0.messages.0')).toMatchObject({ content: { type: 'unknown' } });
  });

  it('is told by its field and the names of its first members', () => {
    const value = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`${'x'.repeat(70)}${index}`, 1]),
    );
    const content = readContentAt(
      'unrecognised',
      { entry: [{ changes: [{ field: 'f', value }] }] },
      '0.0.value',
    );
    expect(content.field).toBe('f');
    expect(content.members).toEqual(['x'.repeat(60)].concat(Array(19).fill('x'.repeat(60))));
  });

  it('stays of its kind, with nulls', () => {
    for (const element of [undefined, null, 7, 'x', [], {}] satisfies (Json | undefined)[]) {
      expect(readContent('status', element)).toMatchObject({ name: null, recipient: nobody, errors: [] });
      expect(readContent('account', element)).toEqual({ form: 'other', event: null });
    }
  });
});

describe('without a field or a list', () => {
  it.each<[EventKind, JsonObject, string]>([
    ['account', { event: 'ACCOUNT_DELETED' }, 'notice'],
    ['account', { alert_info: {} }, 'alert'],
    ['account', { decision: 'APPROVED' }, 'review'],
    ['account', { phone_number_settings: {} }, 'settings'],
    ['template', { event: 'APPROVED', reason: 'NONE' }, 'status'],
    ['template', { new_quality_score: 'RED' }, 'quality'],
    ['template', { new_category: 'UTILITY' }, 'category'],
    ['template', { correct_category: 'UTILITY' }, 'category-detection'],
    ['template', { message_template_element: 'Oi' }, 'components'],
    ['standby', { id: '1', status: 'read' }, 'status'],
    ['standby', { id: '1', to: '2' }, 'echo'],
    ['standby', { id: '1', from: '2' }, 'message'],
    ['call', { status: 'RINGING' }, 'status'],
    ['call', {}, 'other'],
    ['history', { threads: [] }, 'chunk'],
  ])('an element of %s like %j is %s', (kind, element, form) => {
    expect(readContent(kind, element)).toMatchObject({ form });
  });
});

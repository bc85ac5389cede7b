import { describe, expect, it } from 'vitest';
import { readBody, readOnlyEvent } from '../../../test/support/read-bodies.ts';
import { type BusinessNews, businessBody, businessValue } from './business-body.ts';
import { type GroupNews, groupBody } from './group-body.ts';
import { dashboardTestBody, fullBatchBody, inventedFieldBody, valueErrorBody } from './made-up-bodies.ts';
import { type PersonNews, personNewsBody } from './person-news-body.ts';
import { webhookShape } from './webhook-shape.ts';

const source = {
  wabaId: '300100300100300',
  phoneNumberId: '200100200100200',
  displayPhoneNumber: '551132100000',
};
const at = 1_790_000_000_000;
const ana = { waId: '558587654321', userId: 'BR.101', name: 'Ana Souza' };
const before = { waId: '558580000000', userId: 'BR.100', name: 'Ana Souza' };
const template = { id: '1689556908129832', name: 'lembrete', language: 'pt_BR' };

describe('what happens to the business (meta-facts §3.1)', () => {
  it.each<[BusinessNews, string, object]>([
    [
      { kind: 'template-status', template, event: 'APPROVED', category: 'UTILITY' },
      'template',
      { form: 'status', event: 'APPROVED', templateId: template.id, name: 'lembrete', reason: null },
    ],
    [
      {
        kind: 'template-status',
        template,
        event: 'REJECTED',
        category: 'MARKETING',
        reason: 'INVALID_FORMAT',
        rejection: { reason: 'Two parameters touch.', recommendation: 'Put words between them.' },
      },
      'template',
      { form: 'status', reason: 'INVALID_FORMAT', rejection: { reason: 'Two parameters touch.' } },
    ],
    [
      {
        kind: 'template-status',
        template,
        event: 'FLAGGED',
        category: 'UTILITY',
        disableDate: 'January 31, 2027',
      },
      'template',
      { form: 'status', disableDate: 'January 31, 2027' },
    ],
    [
      { kind: 'template-quality', template, former: 'GREEN', quality: 'YELLOW' },
      'template',
      { form: 'quality', formerQuality: 'GREEN', quality: 'YELLOW' },
    ],
    [
      { kind: 'template-category', template, former: 'UTILITY', category: 'MARKETING', changesAt: at },
      'template',
      { form: 'category', category: 'UTILITY', correctCategory: 'MARKETING', changesAt: at },
    ],
    [
      { kind: 'template-category', template, former: 'UTILITY', category: 'MARKETING', changesAt: null },
      'template',
      { form: 'category', formerCategory: 'UTILITY', category: 'MARKETING', correctCategory: null },
    ],
    [
      { kind: 'template-components', template, title: 'Oi', body: 'Até {{1}}', footer: null },
      'template',
      { form: 'components', title: 'Oi', body: 'Até {{1}}', footer: null },
    ],
    [
      { kind: 'phone-quality', displayPhoneNumber: '551132100000', event: 'UPGRADE', limit: 'TIER_10K' },
      'phone',
      { form: 'quality', event: 'UPGRADE', limit: 'TIER_10K', displayNumber: '551132100000' },
    ],
    [
      {
        kind: 'phone-name',
        displayPhoneNumber: '551132100000',
        decision: 'REJECTED',
        requestedName: 'Aurora',
        rejectionReason: 'NAME_NOT_ALLOWED',
      },
      'phone',
      { form: 'name', decision: 'REJECTED', requestedName: 'Aurora' },
    ],
    [
      {
        kind: 'account-update',
        event: 'ACCOUNT_RESTRICTION',
        parts: { restriction_info: [{ restriction_type: 'RESTRICTED_X', expiration: at / 1000 }] },
      },
      'account',
      { form: 'restriction', restrictions: [{ restriction: 'RESTRICTED_X', expiresAt: at }] },
    ],
    [{ kind: 'account-review', decision: 'APPROVED' }, 'account', { form: 'review', decision: 'APPROVED' }],
    [
      {
        kind: 'account-alert',
        entityType: 'WABA',
        entityId: '300100300100300',
        severity: 'WARNING',
        alertType: 'PRETEND',
        description: 'Look',
      },
      'account',
      { form: 'alert', severity: 'WARNING', entityType: 'WABA', description: 'Look' },
    ],
    [
      { kind: 'capability', dailyLimit: 'TIER_2K', phoneNumbers: 25 },
      'account',
      { form: 'capability', dailyLimit: 'TIER_2K', phoneNumbersPerWaba: 25 },
    ],
    [
      { kind: 'security', displayPhoneNumber: '551132100000', event: 'PIN_CHANGED', requester: '61' },
      'security',
      { event: 'PIN_CHANGED', displayNumber: '551132100000', requester: '61' },
    ],
  ])('%o', (news, kind, content) => {
    const body = businessBody(source.wabaId, at, news);
    expect(readOnlyEvent(body)).toMatchObject({ kind, content, occurredAt: at });
    expect(body).toMatchObject({ entry: [{ time: at / 1000, changes: [businessValue(news)] }] });
  });
});

describe('what a person does without a message (meta-facts §3.1, §4.2)', () => {
  it.each<[PersonNews, string, object]>([
    [
      { kind: 'marketing-preference', wanted: false },
      'preference',
      { form: 'stopped', category: 'marketing_messages', person: { waId: ana.waId } },
    ],
    [{ kind: 'marketing-preference', wanted: true }, 'preference', { form: 'resumed' }],
    [
      { kind: 'call-connect', callId: 'wacid.1', sdp: 'v=0' },
      'call',
      { form: 'connect', direction: 'in', session: { sdpType: 'offer', sdp: 'v=0' } },
    ],
    [
      { kind: 'call-terminate', callId: 'wacid.1', startedAt: at, endedAt: at + 9000, outcome: 'COMPLETED' },
      'call',
      { form: 'terminate', outcome: 'COMPLETED', durationSeconds: 9 },
    ],
    [
      { kind: 'call-status', callId: 'wacid.2', status: 'RINGING' },
      'call',
      { form: 'status', event: 'RINGING', person: { waId: ana.waId } },
    ],
    [
      { kind: 'number-change', id: 'wamid.n', formerly: before },
      'message',
      { content: { type: 'number-changed', formerWaId: before.waId, waId: ana.waId, userId: 'BR.101' } },
    ],
    [
      { kind: 'user-id-change', id: 'wamid.n', formerly: before },
      'message',
      { content: { type: 'user-id-changed', formerUserId: 'BR.100', userId: 'BR.101' } },
    ],
    [
      { kind: 'user-id-update', formerly: before },
      'identity',
      { form: 'user-id-changed', formerUserId: 'BR.100', person: { waId: ana.waId } },
    ],
  ])('%o', (news, kind, content) => {
    const event = readOnlyEvent(personNewsBody(source, ana, at, news));
    expect(event).toMatchObject({ kind, content, occurredAt: at });
  });

  it('a notice of WhatsApp has no contacts beside it (meta-facts §4.2, notes)', () => {
    const body = personNewsBody(source, ana, at, { kind: 'number-change', id: 'wamid.n', formerly: before });
    expect(JSON.stringify(body)).not.toContain('"contacts"');
  });

  it('without user ids the new number alone is told', () => {
    const news: PersonNews = { kind: 'number-change', id: 'wamid.n', formerly: before };
    const body = personNewsBody(source, ana, at, news, webhookShape({ userIds: false }));
    expect(readOnlyEvent(body).content).toMatchObject({ content: { waId: ana.waId, userId: null } });
  });
});

describe('groups (meta-facts §3.1)', () => {
  it.each<[GroupNews, object]>([
    [
      {
        field: 'group_lifecycle_update',
        subject: 'Turma',
        description: 'Oi',
        added: [ana.waId],
        requestId: 'r1',
      },
      { form: 'lifecycle', subject: 'Turma', added: [{ waId: ana.waId }], requestId: 'r1' },
    ],
    [
      { field: 'group_participants_update', removed: [ana.waId], requestId: 'r1' },
      { form: 'participants', removed: [{ waId: ana.waId }] },
    ],
    [
      {
        field: 'group_settings_update',
        picture: { mimeType: 'image/jpeg', sha256: 'c2hh' },
        requestId: 'r1',
      },
      { form: 'settings', picture: { mimeType: 'image/jpeg' } },
    ],
    [{ field: 'group_status_update' }, { form: 'status', event: 'group_suspend' }],
  ])('%o', (news, content) => {
    const event = readOnlyEvent(groupBody(source, 'grupo-1', at, news));
    expect(event).toMatchObject({ kind: 'group', content: { groupId: 'grupo-1', ...content } });
  });
});

describe('a full batch (meta-facts §2.4)', () => {
  it('holds 1,000 updates in 3 MB', () => {
    const options = { messageId: (index: number) => `wamid.${index}`, at };
    const body = fullBatchBody(source, [ana, before], options);
    const size = Buffer.byteLength(JSON.stringify(body));
    expect(size).toBeLessThanOrEqual(3 * 1024 * 1024);
    expect(size).toBeGreaterThan(3 * 1024 * 1024 - 2000);
    const events = readBody(body);
    expect(events).toHaveLength(1000);
    expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(['message']));
    expect(() => fullBatchBody(source, [], options)).toThrow(/found no people/);
  });
});

describe('bodies that belong to nobody', () => {
  it("the dashboard's test (meta-facts §8)", () => {
    expect(readOnlyEvent(dashboardTestBody())).toMatchObject({
      kind: 'message',
      content: { messageId: 'ABGGFlA5Fpa', content: { type: 'text', body: 'this is a text message' } },
      occurredAt: 1_504_902_988_000,
    });
  });

  it('an unknown field', () => {
    expect(readOnlyEvent(inventedFieldBody(source.wabaId, at))).toMatchObject({ kind: 'unrecognised' });
  });

  it('an error of the whole phone (meta-facts §4.2, value-level errors)', () => {
    const error = { code: 130429, title: 'Rate limit hit', details: 'Too many messages.' };
    expect(readOnlyEvent(valueErrorBody(source, error))).toMatchObject({ kind: 'error' });
  });
});

import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { MessageBody } from '../../src/client/client.ts';
import { shownMessages } from '../../src/dashboard/conversations/shown-messages.ts';
import { filled, templateWords } from '../../src/dashboard/conversations/template-words.ts';
import { asCurl } from '../../src/dashboard/events/as-curl.ts';
import { timelineOf } from '../../src/dashboard/notifications/timeline.ts';
import { stepsOf } from '../../src/dashboard/overview/funnel.ts';
import { needsOf } from '../../src/dashboard/overview/needs.ts';
import { readTyped } from '../../src/dashboard/settings/read-typed.ts';

const message = (facts: Partial<MessageBody>): MessageBody => ({
  id: 'ev_0000000001',
  direction: 'in',
  at: '2026-11-22T12:00:00.000Z',
  type: 'text',
  text: 'Hi',
  messageId: 'wamid.1',
  notificationId: null,
  state: null,
  failure: null,
  payload: null,
  content: null,
  ...facts,
});

describe('a thread', () => {
  it('puts reactions on their message, the last of each side, and none that was taken away', () => {
    const reaction = (emoji: string, id: string) =>
      message({ id, type: 'reaction', text: null, payload: { reaction: { message_id: 'wamid.1', emoji } } });
    const ours = message({
      id: 'ev_4',
      direction: 'out',
      type: 'reaction',
      content: { type: 'reaction', messageId: 'wamid.1', emoji: '👍' },
    });
    const thread = [ours, reaction('❤️', 'ev_3'), reaction('😂', 'ev_2'), message({})];
    expect(shownMessages(thread).map(({ reactions }) => reactions)).toEqual([['❤️', '👍']]);
    expect(shownMessages([reaction('', 'ev_9'), ...thread.slice(2)])[0]?.reactions).toEqual([]);
  });

  it('takes whatever Meta calls a reaction', () => {
    for (const payload of [null, 'x', { reaction: null }, { reaction: { message_id: 1 } }]) {
      expect(shownMessages([message({ type: 'reaction', payload })])).toEqual([]);
    }
  });
});

describe('the words of a template', () => {
  it('are filled in where there is a value', () => {
    expect(filled('Olá, {{1}}! {{nome}} {{2}}', new Map([['1', 'Ana']]))).toBe('Olá, Ana! {{nome}} {{2}}');
  });

  it('are unknown while the template is', () => {
    const content = { type: 'template', name: 'x', language: 'pt_BR', components: [] } as const;
    expect(templateWords({ ...content, components: [] }, [])).toBeNull();
  });
});

describe('the overview', () => {
  const missing = {
    code: 'template-missing',
    metaCode: null,
    title: 'Missing.',
    details: null,
    remedy: 'Make it.',
    check: null,
  } as const;
  const totals = [
    { state: 'read', failure: null, count: 3 },
    { state: 'delivered', failure: null, count: 2 },
    { state: 'queued', failure: null, count: 1 },
    { state: 'failed', failure: missing, count: 4 },
  ] as const;

  it('counts what was read as delivered and sent, too', () => {
    expect(stepsOf([...totals])).toEqual({ taken: 10, sent: 5, delivered: 5, read: 3, failed: 4 });
  });

  it('names failures, and nothing that waits or is over', () => {
    const alarm = {
      id: 'al_1',
      code: 'queue-growing',
      subject: 'installation',
      severity: 'warning',
      sentence: 'It grows.',
      remedy: 'Look.',
      check: null,
      raisedAt: '2026-11-22T12:00:00.000Z',
      lastSeenAt: '2026-11-22T12:00:00.000Z',
      count: 1,
      resolvedAt: null,
    } as const;
    const over = { ...alarm, id: 'al_2', resolvedAt: '2026-11-22T13:00:00.000Z' };
    const critical = { ...alarm, id: 'al_3', severity: 'critical' } as const;
    const waiting = { state: 'queued', failure: missing, count: 1 } as const;
    expect(needsOf([alarm, over, critical], [...totals, waiting], [])).toEqual([
      { kind: 'alarm', alarm: critical },
      { kind: 'alarm', alarm },
      { kind: 'failure', failure: missing, count: 4 },
    ]);
  });
});

describe('the story of a notification', () => {
  it('is in the order of time, and within a second in the order of a life', () => {
    const status = { participant: null, errors: [] };
    const facts = {
      createdAt: '2026-11-22T12:00:00.900Z',
      attempts: [
        {
          id: 'nt_1.1',
          number: 1,
          startedAt: '2026-11-22T12:00:00.950Z',
          finishedAt: '2026-11-22T12:00:01.200Z',
          outcome: 'accepted' as const,
          reason: null,
          failure: null,
          traceId: null,
        },
      ],
      statuses: [
        { ...status, at: '2026-11-22T12:00:02.000Z', status: 'delivered' as const },
        { ...status, at: '2026-11-22T12:00:00.000Z', status: 'sent' as const },
      ],
    };
    expect(timelineOf(facts).map(({ step }) => step)).toEqual(['taken', 'attempt', 'status', 'status']);
    expect(timelineOf(facts).at(-1)).toMatchObject({ status: { status: 'delivered' } });
  });
});

describe('an event as curl', () => {
  it('is one command for a shell, whatever somebody wrote', () => {
    const event = {
      id: 'ev_0000000001',
      key: '00',
      kind: 'message',
      occurredAt: null,
      receivedAt: '2026-11-22T12:00:00.000Z',
      businessPhoneId: null,
      contactId: null,
      foreign: false,
      revision: 1,
      replayed: false,
      payload: { text: { body: `'; touch /tmp/struck; echo '$(id)\`id\`` } },
      content: null,
      summary: 'Text',
      metaTest: false,
    } as const;
    const shown = execFileSync('sh', ['-c', asCurl(event).replace(/^curl/, 'printf "%s\\n"')], {
      encoding: 'utf8',
    });
    expect(JSON.parse(shown.split('\n').at(-2) ?? '')).toEqual(event);
  });
});

describe('a new value for a setting', () => {
  it('is read as the kind of the setting asks', () => {
    expect(readTyped('duration', ' 20 min ')).toBe('20 min');
    expect(readTyped('number', '80')).toBe(80);
    expect(readTyped('template', '{"name":"hello","language":"en"}')).toEqual({
      name: 'hello',
      language: 'en',
    });
    expect(readTyped('template', 'hello')).toBeUndefined();
    expect(readTyped('country', '')).toBeNull();
  });
});

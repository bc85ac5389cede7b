import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { summaryOf, summaryOfEvent } from './event-summary.ts';

const nobody = { waId: null, userId: null, parentUserId: null };

describe('a summary', () => {
  it('names a person by what Meta gives', () => {
    const of = (person: typeof nobody | { waId: string; userId: null; parentUserId: null }) =>
      summaryOf(
        'preference',
        {
          form: 'stopped',
          event: 'stop',
          category: 'marketing_messages',
          person,
          detail: null,
          signupId: null,
        },
        'pt-BR',
      );
    expect(of({ ...nobody, waId: '558587654321' })).toBe('558587654321 parou as mensagens de marketing');
    expect(of(nobody)).toBe('alguém parou as mensagens de marketing');
  });

  it('keeps a word of Meta’s that it does not know, in small letters', () => {
    const template = { templateId: null, name: 'oferta', language: null };
    expect(summaryOf('template', { form: 'other', ...template, event: 'PUT_ON_ICE' }, 'en')).toBe(
      'Template oferta: put on ice',
    );
    expect(summaryOf('template', { form: 'other', ...template, event: 'constructor' }, 'en')).toBe(
      'Template oferta: constructor',
    );
  });

  it('is one line, however long and wild a text from outside is', () => {
    const wild = `a\u202eb\n${'\ud800x'.repeat(100_000)}`;
    const summary = summaryOf('tracking', { event: wild, messageId: null, clickId: null }, 'en');
    expect(summary).toMatch(/^Meta tracked: ab [^\n\u202e]{70,90}…$/u);
  });

  it.each<['notification' | 'alarm', Json, string, string]>([
    [
      'notification',
      { notificationId: 'nt_1', state: 'failed', to: '558587654321', failure: { code: 'window-closed' } },
      'Notification to 558587654321: failed, window-closed · nt_1',
      'Notificação para 558587654321: falhou, window-closed · nt_1',
    ],
    ['notification', null, 'Notification: unknown', 'Notificação: desconhecido'],
    [
      'alarm',
      { news: 'resolved', sentence: 'The disk is full.' },
      'Alarm over: The disk is full.',
      'Alarme encerrado: The disk is full.',
    ],
  ])('of our own %s tells its facts', (kind, payload, english, portuguese) => {
    expect(summaryOfEvent({ kind, payload, content: null }, 'en')).toBe(english);
    expect(summaryOfEvent({ kind, payload, content: null }, 'pt-BR')).toBe(portuguese);
  });
});

import { describe, expect, it } from 'vitest';
import { createPeople, type PersonState } from '../people/people.ts';
import { defaultTemplates } from '../templates/template.ts';
import { decideSend, type SendSituation } from './send-message.ts';
import type { SendAddress, SendContent, TemplateParameters } from './send-request.ts';

const hour = 60 * 60 * 1000;
const now = Date.UTC(2026, 9, 5, 12);
const address: SendAddress = { kind: 'number', input: '+558587654321', digits: '558587654321' };
const text: SendContent = { kind: 'text', body: 'Até amanhã!' };

function ana(wroteAgo: number | null): PersonState {
  const { person } = createPeople('300100300100300').make('558587654321');
  person.lastWroteAt = wroteAgo === null ? null : now - wroteAgo;
  return person;
}

function situation(change: Partial<SendSituation> = {}): SendSituation {
  return {
    now,
    registered: true,
    ownDigits: '551132100000',
    templates: [
      ...defaultTemplates,
      { name: 'tired', language: 'pt_BR', status: 'PAUSED', bodyParameters: 0 },
      { name: 'gone', language: 'pt_BR', status: 'DISABLED', bodyParameters: 0 },
      { name: 'new', language: 'pt_BR', status: 'PENDING', bodyParameters: 0 },
      { name: 'sale', language: 'pt_BR', status: 'APPROVED', bodyParameters: 0, category: 'marketing' },
    ],
    closedWindow: 'status',
    person: ana(hour),
    ...change,
  };
}

function template(name: string, language: string, given: Partial<TemplateParameters> = {}): SendContent {
  return { kind: 'template', name, language, parameters: { header: [], body: [], button: [], ...given } };
}

describe('the customer service window (meta-facts §5.1 (4), §6)', () => {
  it.each<[string, number | null, number | null]>([
    ['open after an hour', hour, null],
    ['open a millisecond before 24 hours', 24 * hour - 1, null],
    ['closed after 24 hours', 24 * hour, 131047],
    ['closed when they never wrote', null, 131047],
  ])('%s', (_name, wroteAgo, code) => {
    const decision = decideSend(address, text, situation({ person: ana(wroteAgo) }));
    expect(decision).toMatchObject({
      accepted: true,
      kind: 'text',
      text: 'Até amanhã!',
      category: 'service',
      laterFailure: code === null ? null : { code },
    });
  });

  it('is answered at once when asked for', () => {
    const decision = decideSend(address, text, situation({ person: ana(null), closedWindow: 'answer' }));
    expect(decision).toMatchObject({ accepted: false, refusal: { code: 131047 } });
  });

  it('does not matter to a template', () => {
    const decision = decideSend(address, template('hello_world', 'en_US'), situation({ person: ana(null) }));
    expect(decision).toMatchObject({ accepted: true, laterFailure: null, category: 'utility' });
  });
});

describe('the rest of the decision (meta-facts §5)', () => {
  it.each<[string, SendContent, Partial<SendSituation>, number, string]>([
    ['an unregistered sender', text, { registered: false }, 133010, 'Register the phone number'],
    ['an unknown template', template('nothing', 'pt_BR'), {}, 132001, '(nothing) does not exist in pt_BR'],
    [
      'a template in another language',
      template('hello_world', 'pt_BR'),
      {},
      132001,
      '(hello_world) does not exist in pt_BR',
    ],
    ['a template not yet approved', template('new', 'pt_BR'), {}, 132001, '(new) does not exist'],
    ['a paused template', template('tired', 'pt_BR'), {}, 132015, 'paused'],
    ['a disabled template', template('gone', 'pt_BR'), {}, 132016, 'paused too often'],
    [
      'a parameter too few',
      template('interview_reminder', 'pt_BR', { body: ['Ana'] }),
      {},
      132000,
      'body: number of localizable_params (1) does not match the expected number of params (2)',
    ],
    [
      'a parameter too many',
      template('hello_world', 'en_US', { header: ['x'] }),
      {},
      132000,
      'header: number of localizable_params (1)',
    ],
  ])('refuses %s', (_name, content, change, code, details) => {
    const decision = decideSend(address, content, situation(change));
    expect(decision).toMatchObject({
      accepted: false,
      refusal: { code, details: expect.stringContaining(details) },
    });
  });

  it('refuses the sender as recipient, in any spelling', () => {
    const own = decideSend(
      { kind: 'number', input: '', digits: '551162100000' },
      text,
      situation({ ownDigits: '5511962100000' }),
    );
    expect(own).toMatchObject({ accepted: false, refusal: { code: 131021 } });
  });

  it('takes a message for somebody who is not on WhatsApp, and lets it fail', () => {
    const free = decideSend(address, text, situation({ person: null }));
    const approved = decideSend(address, template('hello_world', 'en_US'), situation({ person: null }));
    expect(free).toMatchObject({ accepted: true, laterFailure: { code: 131026 } });
    expect(approved).toMatchObject({ accepted: true, laterFailure: { code: 131026 } });
  });

  it('writes the parameters into the template', () => {
    const content = template('interview_reminder', 'pt_BR', { body: ['Ana', 'amanhã às 9h'] });
    expect(decideSend(address, content, situation())).toMatchObject({
      text: expect.stringMatching(/^Olá, Ana! Lembrete: a sua entrevista é amanhã às 9h\./),
    });
  });
});

import { expect, it } from 'vitest';
import { type AccountFact, type AccountFactContent, templateOf, templateSubject } from './account-fact.ts';
import { templateStates } from './template-state.ts';

const fact = (name: string, at: number, content: AccountFactContent, language = 'pt_BR'): AccountFact => ({
  subject: templateSubject({ account: 'waba:300', name, language }),
  at,
  key: String(at),
  replayed: false,
  content,
});

it('a template is the same under both spellings of its language', () => {
  const [one, other] = ['pt_BR', 'pt-BR'].map((language) =>
    templateSubject({ account: 'waba:300', name: 'a:"b"', language }),
  );
  expect(one).toBe(other);
  expect(one === undefined ? null : templateOf(one)).toEqual({
    account: 'waba:300',
    name: 'a:"b"',
    language: 'pt_BR',
  });
  expect(templateOf('waba:300')).toBeNull();
});

it('says what was told last of status, quality and category, and what is planned', () => {
  const states = templateStates([
    fact('reminder', 3, { name: 'template-status', status: 'PAUSED', reason: 'LOW', disableDate: null }),
    fact('reminder', 1, { name: 'template-status', status: 'APPROVED', reason: null, disableDate: null }),
    fact('reminder', 2, { name: 'template-quality', quality: 'RED', former: 'YELLOW' }),
    fact('reminder', 2, { name: 'template-category', category: 'UTILITY', former: null }),
    fact('reminder', 4, { name: 'template-category', category: 'MARKETING', former: null }),
    fact('reminder', 4, { name: 'template-plan', category: null, changesAt: null }),
    fact('offer', 1, { name: 'template-plan', category: 'MARKETING', changesAt: 9 }),
    fact('offer', 1, { name: 'template-id', templateId: '77' }, ''),
  ]);
  expect(states).toMatchObject([
    { name: 'offer', language: 'pt_BR', wabaId: '300', plannedCategory: 'MARKETING', plannedAt: 9 },
    { name: 'offer', language: null, templateId: '77', status: null },
    {
      name: 'reminder',
      status: 'PAUSED',
      reason: 'LOW',
      quality: 'RED',
      category: 'MARKETING',
      formerCategory: 'UTILITY',
      plannedCategory: null,
      changedAt: 4,
    },
  ]);
});

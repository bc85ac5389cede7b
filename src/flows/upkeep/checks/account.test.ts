import { describe, expect, it } from 'vitest';
import {
  type AccountFact,
  type AccountFactContent,
  type AccountSubject,
  templateSubject,
} from '../../../domain/account-fact.ts';
import type { BusinessPhoneView } from '../../business-phone-contract.ts';
import { createAccountChecks } from './account.ts';

const now = 1_000_000_000;
const week = 7 * 24 * 60 * 60_000;

const phone = (id: string, changes: Partial<BusinessPhoneView> = {}): BusinessPhoneView => ({
  id,
  label: null,
  displayPhoneNumber: null,
  numbers: [],
  wabaId: null,
  origin: 'database',
  isDefault: false,
  foreign: false,
  accessToken: null,
  appSecrets: [],
  firstSeenAt: null,
  lastEventAt: null,
  createdAt: null,
  updatedAt: null,
  ...changes,
});
const phones = [
  phone('1', { numbers: ['5585987654321'], wabaId: '300' }),
  phone('2', { numbers: ['551199990000'], origin: null, foreign: true }),
];

const fact = (
  subject: AccountSubject,
  content: AccountFactContent,
  changes: Partial<AccountFact> = {},
): AccountFact => ({ subject, at: now, key: 'a', replayed: false, content, ...changes });

const flagged: AccountFactContent = { name: 'quality', word: 'FLAGGED' };
const ban: AccountFactContent = { name: 'ban', state: 'DISABLE', date: null };
const offer = (account: `waba:${string}`) => templateSubject({ account, name: 'offer', language: 'pt-BR' });
const paused: AccountFactContent = {
  name: 'template-status',
  status: 'PAUSED',
  reason: null,
  disableDate: null,
};

/** The code and subject of every alarm that the facts raise. */
async function raised(facts: AccountFact[], at = now, open: [string, string][] = []) {
  const checks = createAccountChecks({
    readAccountFacts: async (names) => facts.filter(({ content }) => names.includes(content.name)),
    listPhones: async () => phones,
    clock: { now: () => at },
  });
  const found = await Promise.all(
    checks.map(async ({ code, look }) => {
      const seen = await look(open.filter(([one]) => one === code).map(([, subject]) => subject));
      return seen.map(({ subject }) => [code, subject]);
    }),
  );
  return found.flat();
}

describe('whom an alarm is about', () => {
  it.each<[string, AccountFact, string[][]]>([
    ['a phone by its id', fact('phone:1', flagged), [['business-phone-flagged', '1']]],
    ['by its number', fact('number:5585987654321', flagged), [['business-phone-flagged', '1']]],
    [
      'by the number in another spelling',
      fact('number:558587654321', flagged),
      [['business-phone-flagged', '1']],
    ],
    ['a foreign phone', fact('number:551199990000', flagged), []],
    ['a number that nobody knows', fact('number:551155550000', flagged), []],
    ['our account', fact('waba:300', ban), [['account-disabled', '300']]],
    ['another account', fact('waba:777', ban), []],
    ['a template of ours', fact(offer('waba:300'), paused), [['template-unusable', 'offer (pt_BR)']]],
    ['a template of another account', fact(offer('waba:777'), paused), []],
  ])('%s', async (_name, given, alarms) => {
    expect(await raised([given])).toEqual(alarms);
  });

  it('is one phone, whether Meta named it by id or by number', async () => {
    const later = fact('phone:1', { name: 'quality', word: 'UPGRADE' }, { at: now + 1 });
    expect(await raised([fact('number:5585987654321', flagged), later])).toEqual([]);
  });
});

describe('what a re-reading brought', () => {
  it('raises no alarm, and closes none that is open', async () => {
    const reread = fact('phone:1', flagged, { replayed: true });
    expect(await raised([reread])).toEqual([]);
    const open: [string, string][] = [['business-phone-flagged', '1']];
    expect(await raised([reread], now, open)).toEqual([['business-phone-flagged', '1']]);
  });
});

describe('how long an alarm stands', () => {
  it.each<[string, AccountFactContent, string]>([
    ['a violation', { name: 'violation', violation: 'SPAM' }, 'account-violation'],
    ['the PIN', { name: 'security', word: 'PIN_CHANGED' }, 'security-changed'],
  ])('%s, which nothing takes back: a week', async (_name, content, code) => {
    expect(await raised([fact('phone:1', content)], now + week - 1)).toEqual([[code, '1']]);
    expect(await raised([fact('phone:1', content)], now + week)).toEqual([]);
  });

  it('a planned change of category until it has happened, and a week more', async () => {
    const subject = offer('waba:300');
    const plan = (category: string | null, at: number) =>
      fact(subject, { name: 'template-plan', category, changesAt: null }, { at });
    const category = (is: string, former: string | null, at: number) =>
      fact(subject, { name: 'template-category', category: is, former }, { at });
    const planned = [category('UTILITY', null, now), plan('MARKETING', now)];
    const alarm = [['template-recategorised', 'offer (pt_BR)']];
    expect(await raised(planned, now + 2 * week)).toEqual(alarm);
    const happened = [...planned, category('MARKETING', 'UTILITY', now + 1), plan(null, now + 1)];
    expect(await raised(happened, now + 2)).toEqual(alarm);
    expect(await raised(happened, now + 1 + week)).toEqual([]);
  });
});

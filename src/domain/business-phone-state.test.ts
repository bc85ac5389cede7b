import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountFact, AccountFactContent } from './account-fact.ts';
import { businessPhoneState, STANDS_FOR } from './business-phone-state.ts';

const fact = (at: number, content: AccountFactContent): AccountFact => ({
  subject: 'number:551132100000',
  at,
  key: String(at),
  replayed: false,
  content,
});
const limit = (word: string, former: string | null = null): AccountFactContent => ({
  name: 'limit',
  limit: word,
  former,
});
const restriction = (expiresAt: number | null): AccountFactContent => ({
  name: 'restriction',
  violation: 'SPAM',
  restrictions: [{ restriction: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION', expiresAt }],
});

describe('the state of a business phone', () => {
  it('is all unknown while nothing was told', () => {
    const { restrictions, alerts, ...state } = businessPhoneState([], 0);
    expect([restrictions, alerts]).toEqual([[], []]);
    expect(new Set(Object.values(state))).toEqual(new Set([null]));
  });

  it.each<[string, AccountFactContent[], string | null, string | null]>([
    ['one limit', [limit('TIER_2K')], 'TIER_2K', null],
    ['with the former one', [limit('TIER_2K', 'TIER_10K')], 'TIER_2K', 'TIER_10K'],
    ['the former one known from before', [limit('TIER_10K'), limit('TIER_2K')], 'TIER_2K', 'TIER_10K'],
    ['told twice', [limit('TIER_10K'), limit('TIER_2K'), limit('TIER_2K')], 'TIER_2K', 'TIER_10K'],
  ])('%s', (_name, contents, now, former) => {
    const state = businessPhoneState(
      contents.map((content, index) => fact(index + 1, content)),
      100,
    );
    expect([state.messagingLimit, state.formerMessagingLimit]).toEqual([now, former]);
  });

  it('keeps the name that was approved while another one is rejected', () => {
    const name = (decision: string, requestedName: string): AccountFactContent => ({
      name: 'display-name',
      decision,
      requestedName,
      reason: null,
    });
    const facts = [fact(1, name('APPROVED', 'Padaria Aurora')), fact(2, name('REJECTED', 'Melhor do Mundo'))];
    expect(businessPhoneState(facts, 3)).toMatchObject({
      verifiedName: 'Padaria Aurora',
      nameDecision: { decision: 'REJECTED', requestedName: 'Melhor do Mundo' },
    });
  });

  it('is restricted until the restriction expires, or the account is reinstated', () => {
    const restricted = [fact(1, restriction(50))];
    expect(businessPhoneState(restricted, 49).restrictions).toHaveLength(1);
    expect(businessPhoneState(restricted, 50).restrictions).toEqual([]);
    const forEver = [fact(1, restriction(null))];
    expect(businessPhoneState(forEver, 1_000).restrictions).toHaveLength(1);
    const reinstated = fact(2, { name: 'ban', state: 'REINSTATE', date: null });
    expect(businessPhoneState([...forEver, reinstated], 3).restrictions).toEqual([]);
    expect(businessPhoneState([reinstated, fact(4, restriction(null))], 5).restrictions).toHaveLength(1);
  });

  it('is disabled until it is reinstated, and gone until it is connected again', () => {
    const ban = (state: string) => ({ name: 'ban', state, date: 'April 17, 2025' }) as const;
    const presence = (word: string) => ({ name: 'presence', word }) as const;
    const disabled = (...contents: AccountFactContent[]) =>
      businessPhoneState(
        contents.map((content, index) => fact(index, content)),
        9,
      ).disabled?.word ?? null;
    expect(disabled(ban('SCHEDULE_FOR_DISABLE'))).toBe('SCHEDULE_FOR_DISABLE');
    expect(disabled(ban('DISABLE'), ban('REINSTATE'))).toBeNull();
    expect(disabled(presence('ACCOUNT_OFFBOARDED'))).toBe('ACCOUNT_OFFBOARDED');
    expect(disabled(presence('ACCOUNT_OFFBOARDED'), presence('ACCOUNT_RECONNECTED'))).toBeNull();
  });

  it('has the alerts of a week, each as it was told last, until it is over', () => {
    const alert = (type: string, status: string | null, entityId = '1'): AccountFactContent => ({
      name: 'alert',
      type,
      severity: 'WARNING',
      status,
      description: null,
      entityType: 'PHONE_NUMBER',
      entityId,
    });
    const told = [
      fact(1, alert('PICTURE_MISSING', 'ACTIVE')),
      fact(2, alert('PICTURE_MISSING', 'ACTIVE', '2')),
      fact(3, alert('EXPIRES', null)),
      fact(4, alert('EXPIRES', 'RESOLVED')),
      fact(5, alert('PICTURE_MISSING', 'STILL')),
    ];
    const standing = (now: number) =>
      businessPhoneState(told, now).alerts.map(({ entityId, status, toldAt }) => [entityId, status, toldAt]);
    expect(standing(6)).toEqual([
      ['1', 'STILL', 5],
      ['2', 'ACTIVE', 2],
    ]);
    expect(standing(2 + STANDS_FOR)).toEqual([['1', 'STILL', 5]]);
    expect(standing(5 + STANDS_FOR)).toEqual([]);
  });

  it('is the same in whatever order the facts came', () => {
    const facts = [
      fact(1, limit('TIER_10K')),
      fact(2, limit('TIER_2K')),
      fact(3, { name: 'quality', word: 'FLAGGED' }),
      fact(4, { name: 'quality', word: 'UPGRADE' }),
      fact(5, restriction(50)),
      fact(6, { name: 'ban', state: 'DISABLE', date: null }),
    ];
    const expected = businessPhoneState(facts, 10);
    expect(expected).toMatchObject({ quality: 'UPGRADE', changedAt: 6, disabled: { word: 'DISABLE' } });
    fc.assert(
      fc.property(fc.shuffledSubarray(facts, { minLength: facts.length }), (shuffled) => {
        expect(businessPhoneState(shuffled, 10)).toEqual(expected);
      }),
    );
  });
});

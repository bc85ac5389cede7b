import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Alarm,
  type AlarmNews,
  alarmCodes,
  alarmRow,
  REMIND_AFTER,
  reminded,
  reminderDue,
  resolved,
  sighted,
} from './alarm.ts';

const about = { code: 'access-token-refused', subject: '200100200100200', facts: null } as const;
const newId = () => 'al_one';

describe('sighted', () => {
  it('raises an alarm with its remedy, and then only counts', () => {
    const first = sighted(null, { ...about, at: 1_000 }, newId);
    expect(first).toEqual({
      news: 'raised',
      alarm: {
        id: 'al_one',
        code: 'access-token-refused',
        subject: '200100200100200',
        severity: 'critical',
        sentence: 'Meta refuses the access token, so no notification leaves.',
        remedy: alarmRow('access-token-refused').remedy,
        raisedAt: 1_000,
        lastSeenAt: 1_000,
        count: 1,
        resolvedAt: null,
        toldAt: 1_000,
      },
    });
    const second = sighted(first.alarm, { ...about, at: 5_000 }, newId);
    expect(second).toMatchObject({ news: null, alarm: { id: 'al_one', count: 2, lastSeenAt: 5_000 } });
    expect(second.alarm.raisedAt).toBe(1_000);
  });

  it('says what was found behind the title, the latest when it changes', () => {
    const { alarm } = sighted(null, { ...about, facts: 'Meta’s code is 190.', at: 1 }, newId);
    expect(alarm.sentence).toBe(
      'Meta refuses the access token, so no notification leaves. Meta’s code is 190.',
    );
    expect(sighted(alarm, { ...about, facts: 'Now 0.', at: 2 }, newId).alarm.sentence).toContain('Now 0.');
  });

  it('tells again after a day, and not before', () => {
    const { alarm } = sighted(null, { ...about, at: 0 }, newId);
    expect(sighted(alarm, { ...about, at: REMIND_AFTER - 1 }, newId).news).toBeNull();
    const again = sighted(alarm, { ...about, at: REMIND_AFTER }, newId);
    expect(again.news).toBe('reminded');
    expect(sighted(again.alarm, { ...about, at: REMIND_AFTER + 1 }, newId).news).toBeNull();
  });

  it('tells as often as days have begun, whatever the sightings between', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: REMIND_AFTER / 2 }), { maxLength: 60 }), (gaps) => {
        let now = 0;
        let open: Alarm | null = null;
        const told: { news: AlarmNews; at: number }[] = [];
        for (const gap of [0, ...gaps]) {
          now += gap;
          const { alarm, news }: ReturnType<typeof sighted> = sighted(open, { ...about, at: now }, newId);
          open = alarm;
          if (news !== null) told.push({ news, at: now });
        }
        expect(open?.count).toBe(gaps.length + 1);
        expect(told.filter(({ news }) => news === 'raised')).toHaveLength(1);
        for (const [index, { at }] of told.entries()) {
          if (index > 0) expect(at - (told[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(REMIND_AFTER);
        }
      }),
    );
  });
});

describe('an open alarm', () => {
  const { alarm } = sighted(null, { ...about, at: 0 }, newId);

  it('is reminded of also when nobody sees its cause again, and never once it is resolved', () => {
    expect(reminderDue(alarm, REMIND_AFTER - 1)).toBe(false);
    expect(reminderDue(alarm, REMIND_AFTER)).toBe(true);
    expect(reminderDue(reminded(alarm, REMIND_AFTER), REMIND_AFTER + 1)).toBe(false);
    expect(reminderDue(resolved(alarm, 1, null), 10 * REMIND_AFTER)).toBe(false);
  });
});

describe('the alarm table', () => {
  it.each(alarmCodes)('%s ends its sentences, and says what to do', (code) => {
    const { title, raised, resolves, remedy } = alarmRow(code);
    for (const text of [title, raised, resolves, remedy]) expect(text).toMatch(/^[A-Z].*\.$/s);
  });
});

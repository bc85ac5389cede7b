import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOfQuietHours, quietHoursIn } from './quiet-hours.ts';

const night = { from: '21:00', until: '08:00', timeZone: 'America/Fortaleza' };

describe('endOfQuietHours', () => {
  // Fortaleza is three hours behind UTC, without summer time.
  it.each([
    ['2026-03-02T23:59:59.999Z', null],
    ['2026-03-03T00:00:00.000Z', '2026-03-03T11:00:00.000Z'],
    ['2026-03-03T10:59:59.999Z', '2026-03-03T11:00:00.000Z'],
    ['2026-03-03T11:00:00.000Z', null],
  ])('over midnight, at %s: %s', (at, end) => {
    expect(endOfQuietHours(night, Date.parse(at))).toBe(end === null ? null : Date.parse(end));
  });

  it('within a day', () => {
    const siesta = { from: '13:00', until: '16:30', timeZone: 'UTC' };
    expect(endOfQuietHours(siesta, Date.parse('2026-03-03T12:59:00Z'))).toBeNull();
    expect(endOfQuietHours(siesta, Date.parse('2026-03-03T13:00:30Z'))).toBe(
      Date.parse('2026-03-03T16:30:00Z'),
    );
  });

  it('always ends later, and within a day', () => {
    const zones = ['America/Sao_Paulo', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe'];
    fc.assert(
      fc.property(fc.integer({ min: 1.7e12, max: 1.9e12 }), fc.constantFrom(...zones), (at, timeZone) => {
        const end = endOfQuietHours({ from: '20:15', until: '07:45', timeZone }, at);
        expect(end === null || (end > at && end - at <= 24 * 3_600_000)).toBe(true);
      }),
    );
  });
});

describe('quietHoursIn', () => {
  it.each([
    { from: '21:00', until: '21:00', timeZone: 'UTC' },
    { from: '9:00', until: '21:00', timeZone: 'UTC' },
    { from: '24:00', until: '21:00', timeZone: 'UTC' },
    { from: '21:00', until: '08:00', timeZone: 'Recife' },
    { from: '21:00', until: '08:00' },
    { from: '21:00', until: '08:00', timeZone: 'UTC', days: [] },
  ])('does not take %j', (value) => {
    expect(quietHoursIn(value)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../seeded-random.ts';
import { createMisbehaving } from './misbehaviour.ts';

const make = (seed = 'a') => createMisbehaving(createSeededRandom(seed));

describe('misbehaviour', () => {
  it('befalls as many webhooks as were ordered, in order, and only those that are meant', () => {
    const misbehaving = make();
    misbehaving.order({ fault: 'delay', about: 'read', by: 5 });
    misbehaving.order({ fault: 'duplicate', times: 2 });
    const befallen = ['message', 'read', 'sent', 'sent'].map((about) => misbehaving.ofWebhook(about));
    expect(befallen).toEqual([
      { fault: 'duplicate', by: 60_000 },
      { fault: 'delay', by: 5 },
      { fault: 'duplicate', by: 60_000 },
      null,
    ]);
  });

  it('keeps answers and webhooks apart', () => {
    const misbehaving = make();
    misbehaving.order({ fault: 'lost-answer' });
    expect(misbehaving.ofWebhook('sent')).toBeNull();
    expect([misbehaving.ofCall('server-error'), misbehaving.ofCall('lost-answer')]).toEqual([false, true]);
    expect(misbehaving.ofCall('lost-answer')).toBe(false);
  });

  it('follows the seed where it comes by chance, about as often as it was told', () => {
    const run = (seed: string) => {
      const misbehaving = make(seed);
      misbehaving.byChance({ duplicate: 0.2, drop: 0.1 });
      return Array.from({ length: 2000 }, () => misbehaving.ofWebhook('sent')?.fault ?? null);
    };
    expect(run('a')).toEqual(run('a'));
    expect(run('a')).not.toEqual(run('b'));
    const duplicates = run('a').filter((fault) => fault === 'duplicate').length;
    const drops = run('a').filter((fault) => fault === 'drop').length;
    expect(duplicates).toBeGreaterThan(300);
    expect(duplicates).toBeLessThan(500);
    expect(drops).toBeGreaterThan(100);
    expect(drops).toBeLessThan(220);
  });

  it('ends', () => {
    const misbehaving = make();
    misbehaving.order({ fault: 'drop' });
    misbehaving.byChance({ drop: 1 });
    misbehaving.behave();
    expect(misbehaving.ofWebhook('sent')).toBeNull();
  });

  it('refuses counts, times and chances that mean nothing', () => {
    expect(() => make().order({ fault: 'drop', times: 0 })).toThrow(/found 0/);
    expect(() => make().order({ fault: 'delay', by: -1 })).toThrow(/found -1/);
    expect(() => make().byChance({ drop: 1.5 })).toThrow(/found 1.5/);
  });
});

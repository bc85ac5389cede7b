import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LeasePicture } from './lease.ts';
import { planLeases } from './plan-leases.ts';

function pictureOf(workers: string[], owners: Record<string, string | null>): LeasePicture {
  return { held: [], workers, units: Object.entries(owners).map(([unit, owner]) => ({ unit, owner })) };
}

describe('the plan of a worker', () => {
  it.each([
    ['takes everything when it is alone', ['a'], { x: null, y: null }, ['x', 'y'], []],
    ['takes what nobody has ever held', ['a'], {}, ['x', 'y', 'z'], []],
    [
      'takes half of what is free beside another',
      ['a', 'b'],
      { w: null, x: null, y: null, z: null },
      ['w', 'x'],
      [],
    ],
    ['leaves alone what others hold', ['a', 'b'], { x: 'b', y: null }, ['y'], []],
    [
      'gives back what is too much when another joins',
      ['a', 'b'],
      { w: 'a', x: 'a', y: 'a', z: 'a' },
      [],
      ['y', 'z'],
    ],
    ['moves nothing for a difference of one', ['a', 'b'], { x: 'a', y: 'a', z: 'b' }, [], []],
    ['takes over from a worker that is gone', ['a'], { x: 'a', y: null }, ['y'], []],
  ])('%s', (_name, workers, owners, take, giveBack) => {
    const units = [...new Set([...Object.keys(owners), ...take, ...giveBack])];
    expect(planLeases('a', pictureOf(workers, owners), units)).toEqual({ take, giveBack });
  });

  it('ends with even shares whoever joins and leaves, and then moves nothing', () => {
    const change = fc.record({ join: fc.boolean(), which: fc.nat(6) });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), fc.array(change, { maxLength: 12 }), (count, changes) => {
        const units = Array.from({ length: count }, (_, index) => `unit-${index}`);
        const owners = new Map<string, string | null>();
        let workers = ['w0'];
        const picture = () => ({
          ...pictureOf(workers, Object.fromEntries(owners)),
        });
        function turn(): number {
          let moves = 0;
          for (const worker of workers) {
            const plan = planLeases(worker, picture(), units);
            for (const unit of plan.giveBack) owners.set(unit, null);
            for (const unit of plan.take) owners.set(unit, worker);
            moves += plan.giveBack.length + plan.take.length;
          }
          return moves;
        }
        for (const { join, which } of changes) {
          const name = `w${which}`;
          if (join && !workers.includes(name)) workers = [...workers, name];
          else if (!join && workers.length > 1) {
            workers = workers.filter((other) => other !== name);
            for (const [unit, owner] of owners) if (owner === name) owners.set(unit, null);
          }
          turn();
        }
        // A joiner has its share after two turns: one in which the others give back, one in which it takes.
        turn();
        turn();
        const shares = workers.map((worker) => units.filter((unit) => owners.get(unit) === worker).length);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(count);
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
        expect(turn()).toBe(0);
      }),
    );
  });
});

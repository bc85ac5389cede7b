import { describe, expect, it, onTestFinished } from 'vitest';
import { type Loop, type StepResult, startLoop } from './loop.ts';

function running(step: () => Promise<StepResult>): { loop: Loop; failures: unknown[] } {
  const failures: unknown[] = [];
  const loop = startLoop(step, (failure) => failures.push(failure));
  onTestFinished(() => loop.stop());
  return { loop, failures };
}

describe('startLoop', () => {
  it('runs again while there is more', async () => {
    let left = 5;
    const { loop } = running(async () => {
      left -= 1;
      return left > 0 ? { more: true } : { more: false, restFor: 60_000 };
    });
    await loop.drain();
    expect(left).toBeLessThanOrEqual(0);
  });

  it('drains only by a step that began after the call', async () => {
    const done: string[] = [];
    const work: string[] = [];
    const { loop } = running(async () => {
      const next = work.shift();
      if (next === undefined) return { more: false, restFor: 60_000 };
      await Promise.resolve();
      done.push(next);
      return { more: true };
    });
    work.push('a', 'b');
    await loop.drain();
    expect(done).toEqual(['a', 'b']);
    work.push('c');
    await loop.drain();
    expect(done).toEqual(['a', 'b', 'c']);
  });

  it('looks sooner when it is nudged', async () => {
    let looked = 0;
    let told: () => void = () => {};
    const { loop } = running(async () => {
      looked += 1;
      told();
      return { more: false, restFor: 60_000 };
    });
    await loop.drain();
    const before = looked;
    const again = new Promise<void>((resolve) => {
      told = resolve;
    });
    loop.nudge();
    await again;
    expect(looked).toBe(before + 1);
  });

  it('lets nobody wait, and does not spin, while every step fails', async () => {
    let steps = 0;
    const loop = startLoop(
      async () => {
        steps += 1;
        throw new Error('the database is gone');
      },
      () => {},
    );
    await expect(loop.drain()).rejects.toThrow('the database is gone');
    await expect(loop.drain()).rejects.toThrow('the database is gone');
    await loop.stop();
    expect(steps).toBeLessThan(10);
  });

  it('reports a failing step and goes on', async () => {
    let steps = 0;
    const { loop, failures } = running(async () => {
      steps += 1;
      if (steps === 1) throw new Error('once');
      return { more: false, restFor: 60_000 };
    });
    await loop.drain();
    expect(failures).toHaveLength(1);
    expect(steps).toBeGreaterThan(1);
  });

  it('stops after the step that is running, and lets nobody wait for ever', async () => {
    let ended = false;
    const loop = startLoop(
      async () => {
        await Promise.resolve();
        ended = true;
        return { more: false, restFor: 60_000 };
      },
      () => {},
    );
    const drained = loop.drain();
    await loop.stop();
    expect(ended).toBe(true);
    await drained;
    await loop.drain();
  });
});

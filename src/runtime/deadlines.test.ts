import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDeadlines } from './deadlines.ts';

function pretendTime(): void {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
}

describe('deadlines', () => {
  it('are told once each when their time is over, in their order', () => {
    pretendTime();
    const deadlines = createDeadlines(100);
    const told: string[] = [];
    deadlines.set(() => told.push('first'));
    vi.advanceTimersByTime(60);
    deadlines.set(() => told.push('second'));
    vi.advanceTimersByTime(39);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(2);
    expect(told).toEqual(['first']);
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual(['first', 'second']);
  });

  it('are not told when they were met, and can be set again after all have ended', () => {
    pretendTime();
    const deadlines = createDeadlines(100);
    const told: string[] = [];
    const meet = deadlines.set(() => told.push('met'));
    meet();
    meet();
    vi.advanceTimersByTime(500);
    deadlines.set(() => told.push('later'));
    vi.advanceTimersByTime(99);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(told).toEqual(['later']);
  });
});

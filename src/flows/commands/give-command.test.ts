import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command } from '../../domain/command.ts';
import { phoneLane } from '../../domain/lane.ts';
import { createGiveCommand } from './give-command.ts';

const lane = phoneLane('200100200100200');
const request = { kind: 'undo-merge', mergeId: 'mg_0000000000000001' } as const;
const actor = { id: 'ak_0000000000000001', name: 'Django' };
const clock = { now: () => 1_790_000_000_000 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function keptCommands() {
  const kept = new Map<string, Command>();
  return {
    kept,
    insertCommand: async (command: Command) => kept.set(command.id, command),
    findCommand: async (id: string) => kept.get(id) ?? null,
  };
}

describe('giving a command', () => {
  it('keeps it before the owner hears of it, and answers with its result', async () => {
    const store = keptCommands();
    const { give, applied } = createGiveCommand({
      store,
      clock,
      given() {
        for (const command of store.kept.values()) {
          applied({ ...command, appliedAt: clock.now(), result: { outcome: 'done' } });
        }
      },
    });
    expect(await give(lane, request, actor)).toEqual({
      id: expect.stringMatching(/^cm_[0-9a-z]{16}$/),
      lane,
      request,
      actor,
      createdAt: clock.now(),
      appliedAt: clock.now(),
      result: { outcome: 'done' },
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('answers after two seconds that it waits', async () => {
    const { give } = createGiveCommand({ store: keptCommands(), clock, given: () => {} });
    const answer = give(lane, request, actor);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await answer).toMatchObject({ appliedAt: null, result: null });
  });

  it('finds what another process has applied', async () => {
    const store = keptCommands();
    const { give } = createGiveCommand({
      store,
      clock,
      given() {
        for (const [id, command] of store.kept) store.kept.set(id, { ...command, appliedAt: 7 });
      },
    });
    const answer = give(lane, request, actor);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await answer).toMatchObject({ appliedAt: 7 });
  });

  it('fails when it cannot be kept, and leaves nothing behind', async () => {
    const gone = () => Promise.reject(new Error('disk gone'));
    const { give } = createGiveCommand({
      store: { insertCommand: gone, findCommand: gone },
      clock,
      given: () => {},
    });
    await expect(give(lane, request, actor)).rejects.toThrow('disk gone');
    expect(vi.getTimerCount()).toBe(0);
  });
});

import { randomBytes } from 'node:crypto';
import type { Actor } from '../../domain/audit.ts';
import type { Command, CommandRequest } from '../../domain/command.ts';
import { idFromKey } from '../../domain/id.ts';
import type { Lane } from '../../domain/lane.ts';

/** What giving commands asks of the store. */
export type CommandStore = {
  insertCommand(command: Command): Promise<unknown>;
  findCommand(id: string): Promise<Command | null>;
};

/** Gives a command to the owner of a lane; resolves once it was applied, or has waited long enough. */
export type GiveCommand = (lane: Lane, request: CommandRequest, actor: Actor) => Promise<Command>;

/** How long whoever gives a command waits for its result, in milliseconds. */
const PATIENCE = 2_000;

/** How often it looks whether another process has applied the command, in milliseconds. */
const LOOK_EVERY = 100;

/**
 * Makes the step that gives commands. A command is kept before anything else, so that its owner applies it
 * whatever becomes of whoever gave it.
 *
 * @param options.given a command waits: the owner is nudged
 * @returns `applied` is to be told of each command that was applied in this process
 */
export function createGiveCommand(options: {
  store: CommandStore;
  clock: { now(): number };
  given(): void;
}): { give: GiveCommand; applied(command: Command): void } {
  const waiting = new Map<string, (command: Command) => void>();

  async function give(lane: Lane, request: CommandRequest, actor: Actor): Promise<Command> {
    const createdAt = options.clock.now();
    const { id: actorId, name } = actor;
    const command: Command = {
      id: newCommandId(createdAt),
      lane,
      request,
      actor: { id: actorId, name },
      createdAt,
      appliedAt: null,
      result: null,
    };
    const { promise, resolve } = Promise.withResolvers<Command | null>();
    waiting.set(command.id, resolve);
    const patience = setTimeout(() => resolve(null), PATIENCE);
    // Another process may own the lane: then its result stands in the store.
    const looks = setInterval(async () => {
      const kept = await options.store.findCommand(command.id).catch(() => null);
      if (kept !== null && kept.appliedAt !== null) resolve(kept);
    }, LOOK_EVERY);
    try {
      await options.store.insertCommand(command);
      options.given();
      return (await promise) ?? (await options.store.findCommand(command.id)) ?? command;
    } finally {
      clearInterval(looks);
      clearTimeout(patience);
      waiting.delete(command.id);
    }
  }

  return { give, applied: (command) => waiting.get(command.id)?.(command) };
}

function newCommandId(now: number): string {
  const seconds = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0');
  return idFromKey('cm_', seconds + randomBytes(6).toString('hex'));
}

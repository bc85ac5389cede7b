/** Items that arrive while a commit runs wait together for the next one. */
export type GroupCommit<Item, Result> = {
  /**
   * Commits the item with whatever else is waiting; resolves after *its* commit.
   * Rejects when nothing can be committed now, or when it is unknown whether it was.
   */
  add(item: Item): Promise<Result>;
  /** Whether a commit runs or items wait for one. */
  busy(): boolean;
  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void>;
};

/** How a group commit works. */
export type GroupCommitOptions<Item, Result> = {
  /** Commits a batch in one transaction; gives one result per item, in order. */
  commit(batch: Item[]): Promise<Result[]>;
  /** Size of an item in bytes. */
  size(item: Item): number;
  /** A batch holds at most so many items. */
  maxItems: number;
  /** A batch holds at most so many bytes; a larger item commits alone. */
  maxBytes: number;
  /**
   * True when a commit failed because of what one item holds, so that its companions are innocent and the
   * batch is worth running again one by one. False for a full disk and the like.
   */
  isDataError(failure: unknown): boolean;
  /** The simplest form of an item that cannot be committed as it is; null when there is none. */
  salvage(item: Item, failure: unknown): Item | null;
};

type Waiting<Item, Result> = {
  item: Item;
  size: number;
  resolve: (result: Result) => void;
  reject: (failure: unknown) => void;
};

/**
 * A commit begins on the next turn of the event loop, so that what was read in this turn shares it; but with so
 * many items at once. The disk is then at work while the rest of a crowd is still being read: acknowledgements of
 * 64 connections per second × 1.5.
 */
const EAGER = 16;

/** Makes a group commit. One commit runs at a time. */
export function createGroupCommit<Item, Result>(
  options: GroupCommitOptions<Item, Result>,
): GroupCommit<Item, Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let running = false;
  const idleWaiters: (() => void)[] = [];

  function nextBatch(): Waiting<Item, Result>[] {
    let bytes = 0;
    let count = 0;
    for (const entry of waiting) {
      if (count > 0 && (count >= options.maxItems || bytes + entry.size > options.maxBytes)) break;
      count += 1;
      bytes += entry.size;
    }
    const batch = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return batch;
  }

  async function commitAlone(entry: Waiting<Item, Result>): Promise<void> {
    const attempts = [() => entry.item, (failure: unknown) => options.salvage(entry.item, failure)];
    let failure: unknown = null;
    for (const attempt of attempts) {
      try {
        const item = attempt(failure);
        if (item === null) break;
        const [result] = await options.commit([item]);
        if (result === undefined) throw new Error('A commit gave no result for its item.');
        entry.resolve(result);
        return;
      } catch (thrown) {
        failure = thrown;
        if (!options.isDataError(thrown)) break;
      }
    }
    entry.reject(failure);
  }

  async function commitBatch(batch: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await options.commit(batch.map((entry) => entry.item));
      if (results.length !== batch.length)
        throw new Error('A commit gave another number of results than items.');
      // In one turn, so that what was committed together is also answered together.
      for (const [index, entry] of batch.entries()) entry.resolve(results[index] as Result);
    } catch (failure) {
      if (!options.isDataError(failure)) {
        for (const entry of batch) entry.reject(failure);
        return;
      }
      for (const entry of batch) await commitAlone(entry);
    }
  }

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    while (waiting.length > 0) await commitBatch(nextBatch());
    running = false;
    for (const resolve of idleWaiters.splice(0)) resolve();
  }

  const busy = () => running || waiting.length > 0;

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, size: options.size(item), resolve, reject });
        if (running) return;
        if (waiting.length >= EAGER) run();
        else if (waiting.length === 1) setImmediate(run);
      }),
    busy,
    idle: () =>
      busy()
        ? new Promise((resolve) => {
            idleWaiters.push(resolve);
          })
        : Promise.resolve(),
  };
}

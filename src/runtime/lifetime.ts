/** Things that were opened, closed in the opposite order. */
export type Lifetime = {
  /** Remembers how to close something that has just been opened. */
  opened(close: () => void | Promise<void>): void;
  /** Closes everything, last opened first. Goes on after a failure and throws the first one at the end. */
  close(): Promise<void>;
};

/** A new lifetime with nothing in it. Closing twice is harmless. */
export function createLifetime(): Lifetime {
  const closings: (() => void | Promise<void>)[] = [];
  return {
    opened(close) {
      closings.push(close);
    },
    async close() {
      const failures: unknown[] = [];
      for (let close = closings.pop(); close !== undefined; close = closings.pop()) {
        try {
          await close();
        } catch (failure) {
          failures.push(failure);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}

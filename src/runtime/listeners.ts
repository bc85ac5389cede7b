/** Those who want to be told of something. They are told only that it happened: what is new, they read. */
export type Listeners = {
  tell(): void;
  /** Adds one; the answer takes it away again. */
  listen(listener: () => void): () => void;
};

/** A new list with nobody in it. */
export function createListeners(): Listeners {
  const listeners = new Set<() => void>();
  return {
    tell() {
      for (const listener of listeners) listener();
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** So many elements of a webhook are read between two pauses: some milliseconds, at Meta's usual lengths. */
const ITEMS_PER_TURN = 100;

/**
 * Maps a list as `map` does, with a pause after every hundred items that others follow: a few items are never
 * paused for, and a batch of a thousand holds up nobody.
 */
export async function mapInTurns<From, To>(
  list: readonly From[],
  read: (item: From) => To,
  pause: () => Promise<void>,
): Promise<To[]> {
  const all: To[] = [];
  for (const item of list) {
    if (all.length > 0 && all.length % ITEMS_PER_TURN === 0) await pause();
    all.push(read(item));
  }
  return all;
}

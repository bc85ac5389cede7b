import type { ListedEvent, ListedNotification } from '../crash/history.ts';

/**
 * Every promise about order that a history breaks: in the feed, in a thread, to a person, and to somebody who read
 * the feed by cursor all the while. References and wamids of one conversation sort by the order in which they were
 * given.
 *
 * @param history.acknowledged wamids of webhooks, each given after the one before in its conversation was acknowledged
 * @param history.read ids of events, as a reader saw them
 */
export function judgeOrder(history: {
  acknowledged: string[];
  notifications: ListedNotification[];
  events: ListedEvent[];
  threads: string[][];
  ledger: { messageId: string }[];
  read: string[];
}): string[] {
  const { acknowledged, notifications, events, threads, ledger, read } = history;
  const broken: string[] = [];
  const known = new Set(acknowledged);
  const stored = events.flatMap(({ payload }) =>
    payload.id !== undefined && known.has(payload.id) ? payload.id : [],
  );
  broken.push(...disorder('the feed', stored));
  for (const thread of threads)
    broken.push(
      ...disorder(
        'a thread',
        thread.filter((id) => known.has(id)),
      ),
    );

  // What was tried twice may be overtaken: it waits for its next try while others go.
  const references = new Map(
    notifications.flatMap(({ messageId, reference, attempts }) =>
      messageId === null || reference === null || attempts.length > 1
        ? []
        : [[messageId, reference] as const],
    ),
  );
  broken.push(
    ...disorder(
      'what people got',
      ledger.flatMap(({ messageId }) => references.get(messageId) ?? []),
    ),
  );

  const ids = events.map(({ id }) => id);
  const missed = ids.filter((id) => !read.includes(id));
  if (missed.length > 0)
    broken.push(`a reader by cursor missed ${missed.length} events, such as ${missed[0]}`);
  if (read.length !== new Set(read).size) broken.push('a reader by cursor saw an event twice');
  if (missed.length === 0 && read.some((id, index) => id !== ids[index])) {
    broken.push('a reader by cursor saw events in another order');
  }
  return broken;
}

/** The first name of each conversation that comes after a later one. */
function disorder(where: string, names: readonly string[]): string[] {
  const latest = new Map<string, string>();
  const broken: string[] = [];
  for (const name of names) {
    const conversation = name.slice(0, name.lastIndexOf('-'));
    const before = latest.get(conversation);
    if (before !== undefined && name < before) broken.push(`in ${where} ${name} comes after ${before}`);
    else latest.set(conversation, name);
  }
  return broken.slice(0, 3);
}

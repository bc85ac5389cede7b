/** A notification as the API lists it, as far as its history is held against the pretend Meta's. */
export type ListedNotification = {
  id: string;
  state: string;
  reference: string | null;
  messageId: string | null;
  attempts: unknown[];
};

/** An event of the feed. */
export type ListedEvent = {
  id: string;
  key: string;
  kind: string;
  payload: { id?: string; notificationId?: string; state?: string };
};

/** What a notification may be while its statuses are still on their way, or wait to be folded. */
export const unfinished = ['queued', 'sending', 'accepted', 'sent'];

/** The wamids of each conversation, in the order of its thread. */
export async function readThreads(
  list: <Item extends { id: string }>(path: string) => Promise<Item[]>,
): Promise<{ conversationId: string; messageIds: string[] }[]> {
  const threads: { conversationId: string; messageIds: string[] }[] = [];
  for (const { id } of await list<{ id: string }>('/v1/conversations')) {
    const thread = await list<{ id: string; messageId: string | null }>(`/v1/conversations/${id}/messages`);
    threads.push({ conversationId: id, messageIds: thread.flatMap(({ messageId }) => messageId ?? []) });
  }
  return threads;
}

/**
 * Every promise that a history breaks: acknowledged and not stored once, stored and not folded once, taken twice,
 * sent twice, stuck, or sent and known to nobody.
 *
 * @param history.acknowledged wamids of webhooks that were answered with 200
 * @param history.asked references of notifications that were answered with 202
 * @param history.threads wamids in all threads
 * @param history.ledger what reached whom, as the pretend Meta knows it
 */
export function judgeHistory(history: {
  acknowledged: string[];
  asked: string[];
  notifications: ListedNotification[];
  events: ListedEvent[];
  threads: string[];
  ledger: { messageId: string }[];
}): string[] {
  const { acknowledged, asked, notifications, events, threads, ledger } = history;
  const broken: string[] = [];
  const stored = events.filter(({ kind }) => kind === 'message').map(({ payload }) => payload.id);
  for (const id of new Set(acknowledged)) {
    const times = stored.filter((other) => other === id).length;
    if (times !== 1) broken.push(`${id} was acknowledged and is stored ${times} times`);
    const folded = threads.filter((other) => other === id).length;
    if (folded !== 1) broken.push(`${id} was stored and is in the threads ${folded} times`);
  }
  if (new Set(events.map(({ key }) => key)).size !== events.length)
    broken.push('a key stands twice in the feed');
  for (const reference of asked) {
    const taken = notifications.filter((notification) => notification.reference === reference);
    if (taken.length !== 1) broken.push(`${reference} was taken ${taken.length} times`);
  }
  // The pretend Meta never delivers one message twice, so more messages than notifications is a double send.
  for (const { id, state, messageId } of notifications) {
    const reached = ledger.filter((line) => line.messageId === messageId).length;
    if (['accepted', 'sent', 'delivered', 'read'].includes(state) && reached !== 1) {
      broken.push(`${id} is ${state} and reached its person ${reached} times`);
    }
    if (!['delivered', 'unknown', 'failed'].includes(state)) broken.push(`${id} ended as ${state}`);
  }
  if (ledger.length > notifications.length) {
    broken.push(`${notifications.length} notifications became ${ledger.length} messages`);
  }
  const known = new Set(notifications.map(({ messageId }) => messageId));
  for (const { messageId } of ledger) {
    if (!known.has(messageId)) broken.push(`${messageId} reached a person and belongs to no notification`);
  }
  return broken;
}

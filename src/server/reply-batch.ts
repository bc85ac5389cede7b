/**
 * Gathers replies that become ready in one turn of the event loop and sends them together from one
 * `setImmediate`. The clients wake up together then, and their next webhooks arrive together, for one commit.
 *
 * Measured at 64 connections against the reply in its own turn: ×1.06 with a store that commits in groups (its
 * promises resolve in one turn anyhow), ×1.57 with one that answers each by itself; nothing at one connection.
 * `send` must not throw.
 */
export function createReplyBatch<Reply>(send: (reply: Reply) => void): { push(reply: Reply): void } {
  let batch: Reply[] = [];
  const flush = () => {
    const ready = batch;
    batch = [];
    for (const reply of ready) send(reply);
  };
  return {
    push: (reply) => {
      if (batch.push(reply) === 1) setImmediate(flush);
    },
  };
}

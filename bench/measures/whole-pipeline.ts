import { benchAdminKey } from '../gateway-environment.ts';
import type { LoadGenerator } from '../processes/load-generator.ts';
import type { BenchProcess } from '../processes/start-process.ts';
import type { WebhookServer } from './webhook-servers.ts';

/**
 * Makes the step that posts so many webhooks to a gateway and waits until each is appended, folded, and read by one
 * follower. Gives events per second.
 */
export function createWholePipeline(options: {
  generator: BenchProcess<LoadGenerator>;
  gateway: WebhookServer;
  connections: number;
}): (count: number) => Promise<number> {
  const { generator, gateway, connections } = options;
  const follow = createFollower(gateway.port);
  return async (count) => {
    await generator.order('prepare', count);
    const began = performance.now();
    const followed = follow(count);
    const load = { port: gateway.port, connections, milliseconds: 60_000, repeat: false };
    const { answered } = await generator.order('closedLoop', load);
    if (answered !== count) throw new Error(`Of ${count} webhooks ${answered} were acknowledged.`);
    await Promise.all([followed, gateway.rest()]);
    return (count * 1000) / (performance.now() - began);
  };
}

/** A reader of the feed by cursor, as a program of a user would be. Each call reads so many further events. */
function createFollower(port: number): (count: number) => Promise<void> {
  let after: string | null = null;
  return async (count) => {
    for (let read = 0; read < count; ) {
      const cursor = after === null ? '' : `&after=${after}`;
      const answer = await fetch(`http://127.0.0.1:${port}/v1/events?limit=500${cursor}`, {
        headers: { authorization: `Bearer ${benchAdminKey}` },
      });
      if (!answer.ok) throw new Error(`The feed answered ${answer.status}: ${await answer.text()}`);
      const page = (await answer.json()) as { data: { id: string }[] };
      read += page.data.length;
      after = page.data.at(-1)?.id ?? after;
      if (page.data.length < 100) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
}

import { createAddressGuard } from '../adapters/endpoint-http/address-guard.ts';
import { createEndpointHttp } from '../adapters/endpoint-http/endpoint-http.ts';
import { createUrlJudge } from '../adapters/endpoint-http/judge-url.ts';
import { createSecretBox } from '../adapters/secrets/secret-box.ts';
import type { Store } from '../adapters/store/store.ts';
import type { Config } from '../config/config.ts';
import type { Reached } from '../flows/crash-points.ts';
import { type Endpoints, openEndpoints } from '../flows/forwarding/endpoints.ts';
import { createFollowers } from '../flows/forwarding/follow-endpoints.ts';
import { newEndpointId } from '../flows/forwarding/new-endpoint-id.ts';
import { recadoPayload } from '../flows/forwarding/payload.ts';
import { testPayload } from '../flows/forwarding/test-payload.ts';
import type { LiveSettings } from '../flows/live-settings.ts';
import type { Clock } from '../runtime/clock.ts';
import { startLoop } from '../runtime/loop.ts';
import { eventBody } from '../server/representations/event.ts';
import type { WorkShare } from './share-work.ts';

/** The way to the users' own applications: endpoints follow what is folded. */
export type Forwarding = {
  endpoints: Endpoints;
  /** There may be something to forward. */
  nudge(): void;
  /** Ends the work on an endpoint. */
  leave(id: string): Promise<void>;
  /** Resolves once nothing is on its way and nothing more can be delivered at this moment. */
  drain(): Promise<void>;
  /** Whether something that became of a delivery is not written down yet. */
  unwritten(): boolean;
  close(): Promise<void>;
};

/** Reads the endpoints and starts to forward to them. */
export async function openForwarding(options: {
  config: Pick<Config, 'encryptionKeys' | 'endpointNetworks'>;
  store: Store;
  share: Pick<WorkShare, 'endpoints'>;
  settings: Pick<LiveSettings, 'current'>;
  clock: Clock;
  jitter(): number;
  reached: Reached;
  failed(failure: unknown): void;
}): Promise<Forwarding> {
  const { config, store, clock } = options;
  const nudge = () => loop.nudge();
  const http = createEndpointHttp({ guard: createAddressGuard(config.endpointNetworks) });
  const endpoints = await openEndpoints({
    store,
    box: createSecretBox(config.encryptionKeys),
    clock,
    newId: () => newEndpointId(clock.now()),
    judgeUrl: createUrlJudge({ allowed: config.endpointNetworks }),
    deliver: http.deliver,
    testPayload,
    changed: nudge,
  });
  const followers = createFollowers({
    store,
    ownership: options.share.endpoints,
    endpoints: endpoints.ready,
    disabled: endpoints.reload,
    payload: (event) => recadoPayload(eventBody(event, 'en')),
    deliver: http.deliver,
    clock,
    jitter: options.jitter,
    patience: () => options.settings.current().orderPatience,
    happened: nudge,
    reached: options.reached,
  });
  const loop = startLoop(followers.step, options.failed);
  const stopJumps = clock.onJump?.(nudge);
  return {
    endpoints,
    nudge,
    leave: followers.leave,
    async drain() {
      await loop.drain();
      await followers.idle();
    },
    unwritten: followers.unwritten,
    async close() {
      stopJumps?.();
      await loop.stop();
      await followers.leaveAll();
      await http.close();
    },
  };
}

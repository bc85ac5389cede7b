import { randomBytes } from 'node:crypto';
import { createPlaceEvent } from '../../src/flows/inbound/place-event.ts';
import { createGracefulServer } from '../../src/server/graceful-server.ts';
import { listenOn } from '../../src/server/listen.ts';
import { createWebhookRoute } from '../../src/server/webhook-route.ts';
import { createEventKeys } from '../../src/whatsapp/event-key.ts';
import { parseWebhook } from '../../src/whatsapp/parse-webhook.ts';
import { createSignatureVerifier } from '../../src/whatsapp/signature.ts';
import { benchAppSecret, benchPhone } from '../bodies.ts';
import { serve } from './serve.ts';

const ignore = () => {};

const orders = {
  /** The real door with the real verification and the real reading, and nothing kept. */
  listen() {
    const keys = createEventKeys(randomBytes(32));
    const place = createPlaceEvent({ defaultId: () => benchPhone.phoneNumberId, isForeign: () => false });
    const route = createWebhookRoute({
      verifyToken: null,
      receive: {
        verify: createSignatureVerifier([benchAppSecret]),
        store: async ({ body }) => {
          parseWebhook(body, keys).events.map(place);
        },
      },
      report: { challengeAnswered: ignore, challengeRefused: ignore, refused: ignore },
    });
    const { server } = createGracefulServer(route.handle);
    return listenOn(server, '127.0.0.1', 0);
  },
};

export type NoStoreServer = typeof orders;

serve(orders);

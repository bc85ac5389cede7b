/**
 * The handler of many tutorials: Express, the signature checked in the `verify` hook of its JSON parser, a walk
 * through entries and changes, and an answer before anything is kept. Without `console.log`, in its favour.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { benchAppSecret } from '../bodies.ts';
import { serve } from './serve.ts';

type WebhookBody = { entry?: { changes?: { value?: { messages?: unknown[]; statuses?: unknown[] } }[] }[] };

let seen = 0;

const orders = {
  async listen(): Promise<number> {
    const app = express();
    app.use(
      express.json({
        verify(request, _response, bytes) {
          const header = String(request.headers['x-hub-signature-256'] ?? '');
          const expected = `sha256=${createHmac('sha256', benchAppSecret).update(bytes).digest('hex')}`;
          const same =
            header.length === expected.length && timingSafeEqual(Buffer.from(header), Buffer.from(expected));
          if (!same) throw new Error('The signature is wrong.');
        },
      }),
    );
    app.post('/webhooks/whatsapp', (request, response) => {
      const body: WebhookBody = request.body;
      for (const entry of body.entry ?? []) {
        for (const change of entry.changes ?? []) {
          seen += change.value?.messages?.length ?? 0;
          seen += change.value?.statuses?.length ?? 0;
        }
      }
      response.sendStatus(200);
    });
    const server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    return (server.address() as AddressInfo).port;
  },
  seen: () => seen,
};

export type ExpressTutorial = typeof orders;

serve(orders);

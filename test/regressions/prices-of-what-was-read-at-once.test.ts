import { expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { createSimulator } from '../../src/simulator/simulator.ts';

const told = z.object({
  entry: z.tuple([
    z.object({
      changes: z.tuple([
        z.object({
          value: z.object({
            statuses: z.tuple([z.object({ status: z.string(), pricing: z.unknown().optional() })]),
          }),
        }),
      ]),
    }),
  ]),
});

/**
 * The price comes once, with `sent`, `delivered` or `read` (meta-facts §4.3). A price that was to come with
 * `delivered` was told nowhere when the chat was open and `read` alone was told (§2.3).
 */
it.each(['sent', 'delivered'] as const)(
  'a price that comes with %s comes once, also in an open chat',
  async (priceWith) => {
    const simulator = await createSimulator({
      webhookShape: { priceWith },
      openQuestions: { openChats: 'read-alone' },
    });
    onTestFinished(simulator.close);
    const ana = simulator.person('558587654321');
    await ana.writes('Oi');
    ana.setAutoRead(true);
    const { accessToken, phoneNumberId } = simulator.settings;
    const response = await fetch(`${simulator.graphUrl}/v25.0/${phoneNumberId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ messaging_product: 'whatsapp', to: '+558587654321', text: { body: 'Olá' } }),
    });
    await response.arrayBuffer();
    await simulator.drain();
    const statuses = simulator.judge.events().flatMap((event) => {
      if (event.kind !== 'told' || event.about === 'message') return [];
      const [
        {
          changes: [{ value }],
        },
      ] = told.parse(event.body).entry;
      return value.statuses.map(({ status, pricing }) => [status, pricing !== undefined]);
    });
    expect(statuses).toEqual([
      ['sent', priceWith === 'sent'],
      ['read', priceWith === 'delivered'],
    ]);
  },
);

import { expect, it } from 'vitest';
import { recadoPayload } from './payload.ts';

const event = { id: 'ev_000000001a', kind: 'message', occurredAt: '2026-09-21T15:33:20.000Z' };
const receivedAt = '2026-09-21T15:33:21.500Z';

it('names what happened and when, and holds the event as the API shows it', () => {
  expect(JSON.parse(Buffer.from(recadoPayload({ ...event, receivedAt })).toString())).toEqual({
    type: 'message',
    version: 1,
    timestamp: '2026-09-21T15:33:20.000Z',
    data: { ...event, receivedAt },
  });
});

it('takes the time of receipt where Meta gives none', () => {
  const payload = recadoPayload({ ...event, occurredAt: null, receivedAt });
  expect(JSON.parse(Buffer.from(payload).toString())).toMatchObject({ timestamp: receivedAt });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventKinds } from '../../../domain/event.ts';
import type { IncomingEvent, IncomingWebhook } from '../../../flows/inbound/receive-webhook.ts';
import { packParcel, unpackParcel } from './parcel.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const event: fc.Arbitrary<IncomingEvent> = fc.record({
  kind: fc.constantFrom(...eventKinds),
  path: fc.string(),
  occurredAt: fc.option(fc.nat()),
  lane: fc.constantFrom<IncomingEvent['lane']>('installation', 'phone:1', 'waba:2'),
  foreign: fc.boolean(),
  identity: fc.oneof(
    bytes(20).map((key) => ({ key })),
    bytes(16).map((undatedSubject) => ({ undatedSubject })),
  ),
  digest: bytes(8),
});
const webhook: fc.Arbitrary<IncomingWebhook> = fc.record({
  body: fc.uint8Array({ maxLength: 50 }),
  secretFingerprint: fc.string(),
  receivedAt: fc.nat(),
  events: fc.array(event, { maxLength: 3 }),
});

describe('a parcel', () => {
  it('gives back every batch as it was packed, after it has been handed over', () => {
    fc.assert(
      fc.property(fc.array(webhook, { maxLength: 5 }), (batch) => {
        const parcel = packParcel(batch);
        const received = structuredClone(parcel, { transfer: [parcel.bytes] });
        expect(unpackParcel(received)).toEqual(batch);
      }),
    );
  });
});

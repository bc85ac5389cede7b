import type { IncomingEvent, IncomingWebhook } from '../../../flows/inbound/receive-webhook.ts';

/**
 * A batch of webhooks as it crosses to the writer: all bytes in one buffer that is handed over, all else as the
 * JSON of one flat list. As objects with a handful of small arrays each, a webhook cost both threads some 15 µs
 * to copy.
 */
export type Parcel = { bytes: ArrayBuffer; values: string };

type Value = string | number | boolean | null;

/** Packs a batch. The bytes are copied, so that what they were a view of stays behind. */
export function packParcel(batch: readonly IncomingWebhook[]): Parcel {
  const parts: Uint8Array[] = [];
  const values: Value[] = [batch.length];
  let length = 0;
  function add(part: Uint8Array): number {
    parts.push(part);
    length += part.byteLength;
    return part.byteLength;
  }
  for (const { body, secretFingerprint, receivedAt, events } of batch) {
    values.push(add(body), secretFingerprint, receivedAt, events.length);
    for (const { kind, path, occurredAt, lane, foreign, identity, digest } of events) {
      const isKey = 'key' in identity;
      const name = isKey ? identity.key : identity.undatedSubject;
      values.push(kind, path, occurredAt, lane, foreign, isKey, add(name), add(digest));
    }
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return { bytes: bytes.buffer, values: JSON.stringify(values) };
}

/** The batch again; its bytes are views of the parcel. */
export function unpackParcel({ bytes, values }: Parcel): IncomingWebhook[] {
  const list: Value[] = JSON.parse(values);
  let index = 0;
  let at = 0;
  /** The next value, which is of the type that was packed in this place. */
  function next<Packed extends Value>(): Packed {
    return list[index++] as Packed;
  }
  function nextBytes(): Uint8Array {
    const part = new Uint8Array(bytes, at, next<number>());
    at += part.byteLength;
    return part;
  }
  function nextEvent(): IncomingEvent {
    const kind = next<IncomingEvent['kind']>();
    const path = next<string>();
    const occurredAt = next<number | null>();
    const lane = next<IncomingEvent['lane']>();
    const foreign = next<boolean>();
    const isKey = next<boolean>();
    const name = nextBytes();
    const identity = isKey ? { key: name } : { undatedSubject: name };
    return { kind, path, occurredAt, lane, foreign, identity, digest: nextBytes() };
  }
  return Array.from({ length: next<number>() }, () => ({
    body: nextBytes(),
    secretFingerprint: next<string>(),
    receivedAt: next<number>(),
    events: Array.from({ length: next<number>() }, nextEvent),
  }));
}

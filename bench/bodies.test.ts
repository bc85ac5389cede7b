import { describe, expect, it } from 'vitest';
import { createEventKeys } from '../src/whatsapp/event-key.ts';
import { parseWebhook } from '../src/whatsapp/parse-webhook.ts';
import { createBodies } from './bodies.ts';

describe('bodies of the bench', () => {
  const bodyAt = createBodies(1_790_000_000_000);
  const bodies = Array.from({ length: 1_000 }, (_, index) => Buffer.from(JSON.stringify(bodyAt(index))));

  it('are about as large as Meta’s', () => {
    const average = bodies.reduce((sum, body) => sum + body.length, 0) / bodies.length;
    expect(average).toBeGreaterThan(500);
    expect(average).toBeLessThan(700);
  });

  it('hold one event each that Recado knows, and no two the same', () => {
    const keys = createEventKeys(new Uint8Array(32));
    const events = bodies.flatMap((body) => parseWebhook(body, keys).events);
    expect(events).toHaveLength(bodies.length);
    expect(events.filter(({ kind }) => kind === 'message')).toHaveLength(500);
    expect(events.filter(({ kind }) => kind === 'status')).toHaveLength(500);
    const identities = new Set(events.map(({ identity }) => JSON.stringify(identity)));
    expect(identities.size).toBe(bodies.length);
  });
});

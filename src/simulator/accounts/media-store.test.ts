import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../seeded-random.ts';
import { createSimulatedClock } from '../time/simulated-clock.ts';
import { createMediaStore } from './media-store.ts';

const aMinute = 60 * 1000;
const aDay = 24 * 60 * aMinute;

function open() {
  const clock = createSimulatedClock({ source: { now: () => 1_790_000_000_000 } });
  return { clock, media: createMediaStore(clock, createSeededRandom('a')) };
}

const photo = { bytes: Buffer.from('a photo'), mimeType: 'image/jpeg' };

describe('media (meta-facts §4.2, §7.2)', () => {
  it('is found by its id, with size and hash', () => {
    const { media } = open();
    const stored = media.put({ ...photo, owner: { phoneNumberId: '2' } });
    expect(stored).toMatchObject({
      id: expect.stringMatching(/^\d{16}$/),
      size: 7,
      sha256: 'd4e24d749a4fe2f161af2de913c0402b04e3ae287dafd0f9dbfa4a5c56c69285',
      origin: 'uploaded',
    });
    expect(media.find(stored.id)).toBe(stored);
    expect(media.find('1')).toBeNull();
  });

  it('is kept for 30 days when it was uploaded, for 7 when it was received', () => {
    const { media, clock } = open();
    const uploaded = media.put({ ...photo, owner: { phoneNumberId: '2' } });
    const received = media.put({ ...photo, owner: { phoneNumberId: '2', origin: 'received' } });
    clock.jump(7 * aDay - 1);
    expect([media.find(uploaded.id), media.find(received.id)]).toEqual([uploaded, received]);
    clock.jump(1);
    expect([media.find(uploaded.id), media.find(received.id)]).toEqual([uploaded, null]);
    clock.jump(23 * aDay);
    expect(media.find(uploaded.id)).toBeNull();
  });

  it('can be fetched at an address for five minutes, and not once it is deleted', () => {
    const { media, clock } = open();
    const stored = media.put({ ...photo, owner: { phoneNumberId: '2' } });
    const [first, second] = [media.address(stored), media.address(stored)];
    expect(first).not.toBe(second);
    clock.jump(5 * aMinute - 1);
    expect(media.atAddress(first)).toBe(stored);
    clock.jump(1);
    expect(media.atAddress(first)).toBeNull();
    const third = media.address(stored);
    expect(media.delete(stored.id)).toBe(true);
    expect([media.atAddress(third), media.delete(stored.id)]).toEqual([null, false]);
  });
});

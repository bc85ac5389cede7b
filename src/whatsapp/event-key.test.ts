import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventKeys } from './event-key.ts';

const installationKey = Uint8Array.from({ length: 32 }, (_, index) => index);
const keys = createEventKeys(installationKey);
const lane = 'phone:200100200100200';
const message = {
  lane,
  arrayPath: 'messages',
  elementId: 'wamid.RECADO-TEXT',
  name: '',
  participant: '',
  seconds: 1_760_000_000,
} as const;

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('version 1 of event keys', () => {
  // Frozen for ever, computed with another implementation (Python's hmac). Were one of them to change, every
  // redelivery of a stored element would count as a new event. A better function is a new version.
  it('has the key of a message', () => {
    expect(hex(keys.identified(message))).toBe('68e778001c416843271598a61dbdef4b550a6941');
  });

  it('has the key of a status', () => {
    const status = { ...message, arrayPath: 'statuses', elementId: 'wamid.RECADO-OUT-1', name: 'delivered' };
    expect(hex(keys.identified({ ...status, seconds: 1_760_000_100 }))).toBe(
      '68e778644f5ddc18bfa4f98da051818e26a76b4d',
    );
  });

  it('has the key of a status of one group member', () => {
    const status = { ...message, arrayPath: 'statuses', elementId: 'wamid.RECADO-OUT-3', name: 'read' };
    expect(hex(keys.identified({ ...status, participant: '558587654321', seconds: 1_760_000_100 }))).toBe(
      '68e77864abe0a6a35a437d486c6cace8578b05e1',
    );
  });

  it('has the key of an element without a time', () => {
    expect(hex(keys.identified({ ...message, elementId: 'olá 👍', seconds: null }))).toBe(
      '00000000b86b4e148be9bab733411182caeadd75',
    );
  });

  it('has the key of an element without an id', () => {
    expect(
      hex(
        keys.timed({
          lane: 'waba:300100300100300',
          field: 'value:account_update',
          seconds: 1_760_000_200,
          canonical: '{1:5:event7:DELETED',
        }),
      ),
    ).toBe('68e778c8ddf6603316325e60741e22195854c356');
  });

  it('has the key of content longer than its buffer', () => {
    expect(
      hex(keys.timed({ lane: 'installation', field: 'body', seconds: 0, canonical: 'x'.repeat(5000) })),
    ).toBe('00000000c6a1ea629b667f06e05d1cd6392b2d0c');
  });

  it('has the subject of a state without a time', () => {
    expect(
      hex(
        keys.undatedSubject({
          lane,
          field: 'value:phone_number_quality_update',
          subject: 'display_phone_number:551132100000',
        }),
      ),
    ).toBe('288bf5ccbc36a679aa297bae1b792db0');
  });

  it('has the digest of a content', () => {
    expect(hex(keys.digest('{1:5:event7:DELETED'))).toBe('6b3c5a9c365d5fb1');
  });
});

describe('event keys', () => {
  it('begin with the time, so that they sort by it', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 32 - 1), fc.string(), fc.string(), (seconds, elementId, name) => {
        const key = keys.identified({ ...message, elementId, name, seconds });
        expect(key).toHaveLength(20);
        expect(Buffer.from(key).readUInt32BE()).toBe(seconds);
      }),
    );
  });

  it.each([-1, 2 ** 32, Number.NaN, Number.POSITIVE_INFINITY])('take %d seconds for no time', (seconds) => {
    expect(hex(keys.identified({ ...message, seconds })).slice(0, 8)).toBe('00000000');
  });

  it.each([
    ['lane', { lane: 'phone:200100200100201' }],
    ['list', { arrayPath: 'standby.messages' }],
    ['id', { elementId: 'wamid.RECADO-TEXT2' }],
    ['name', { name: 'read' }],
    ['participant', { participant: '558587654321' }],
  ] as const)('differ by %s', (_what, part) => {
    expect(hex(keys.identified({ ...message, ...part }))).not.toBe(hex(keys.identified(message)));
  });

  it('are HMACs of their parts, however long those are', () => {
    const hmac = (fields: string[]) => {
      const mac = createHmac('sha256', installationKey);
      for (const field of fields) {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(Buffer.byteLength(field));
        mac.update(length).update(field);
      }
      return mac.digest('hex').slice(0, 32);
    };
    for (let length = 0; length < 1400; length += 7) {
      const subject = '€'.repeat(length);
      expect(hex(keys.undatedSubject({ lane, field: 'x', subject }))).toBe(
        hmac(['1:undated', lane, 'x', subject]),
      );
    }
  });

  it('do not run neighbouring parts together', () => {
    const one = keys.identified({ ...message, elementId: 'ab', name: 'c' });
    const other = keys.identified({ ...message, elementId: 'a', name: 'bc' });
    expect(hex(one)).not.toBe(hex(other));
  });

  it('differ by installation', () => {
    const elsewhere = createEventKeys(new Uint8Array(32));
    expect(hex(elsewhere.identified(message))).not.toBe(hex(keys.identified(message)));
    expect(hex(elsewhere.digest('x'))).not.toBe(hex(keys.digest('x')));
  });

  it('own their memory, so that a thread is sent twenty bytes', () => {
    expect(keys.identified(message).buffer.byteLength).toBe(20);
    expect(keys.digest('x').buffer.byteLength).toBe(8);
  });

  it.each([0, 31, 33])('need an installation key of 32 bytes, not %d', (length) => {
    expect(() => createEventKeys(new Uint8Array(length))).toThrow(RangeError);
  });
});

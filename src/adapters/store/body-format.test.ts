import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packBytes, unpackBytes } from './body-format.ts';

/** A body as format 1 stores it. When this cannot be read any more, nothing stored can. */
const stored = Buffer.from('Iy/ojQ0MDA0M4CRKTIBMBQA=', 'base64');
const text = '{"object":"whatsapp_business_account","entry":[{"id":"300100300100300","changes":[]}]}';

describe('packBytes', () => {
  it('gives back every body to the last byte', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 6000 }),
          fc.json().map((text) => Buffer.from(text)),
        ),
        (body) => {
          expect(Buffer.from(unpackBytes(packBytes(body))).equals(Buffer.from(body))).toBe(true);
        },
      ),
    );
  });

  it('makes a usual webhook at least half as small', () => {
    const body = Buffer.from(
      '{"object":"whatsapp_business_account","entry":[{"id":"300100300100300","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"551132100000","phone_number_id":"200100200100200"},"contacts":[{"profile":{"name":"Ana Souza"},"wa_id":"558587654321"}],"messages":[{"from":"558587654321","id":"wamid.HBgMNTU4NTg3NjU0MzIxFQIAEhgU","timestamp":"1790000000","text":{"body":"Hi"},"type":"text"}]},"field":"messages"}]}]}',
    );
    expect(packBytes(body).bytes.byteLength).toBeLessThan(body.byteLength / 2);
  });

  it('keeps as it came what cannot be made smaller', () => {
    expect(packBytes(new Uint8Array([1]))).toEqual({ format: 0, bytes: new Uint8Array([1]) });
  });

  it('reads for ever what format 1 has stored', () => {
    expect(Buffer.from(unpackBytes({ format: 1, bytes: stored })).toString()).toBe(text);
  });

  it('says so when a body is in a format of a later version', () => {
    expect(() => unpackBytes({ format: 9, bytes: stored })).toThrow('format 9');
  });
});

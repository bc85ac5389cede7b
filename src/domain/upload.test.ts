import { expect, it } from 'vitest';
import { fileKind, sizeInWords } from './upload.ts';

const webp = (kind: string, flags: number) =>
  Uint8Array.from([...Buffer.from(`RIFF\u0001\n\u0003\u0004WEBP${kind}....`, 'latin1'), flags]);

it.each([
  ['image/jpeg', new Uint8Array(), 'image'],
  ['video/mp4', new Uint8Array(), 'video'],
  ['audio/ogg; codecs=opus', new Uint8Array(), 'audio'],
  ['application/pdf', new Uint8Array(), 'document'],
  ['text/plain', new Uint8Array(), 'document'],
  ['image/webp', webp('VP8 ', 0b10), 'static sticker'],
  ['image/webp', webp('VP8X', 0b101), 'static sticker'],
  ['image/webp', webp('VP8X', 0b10), 'animated sticker'],
  ['image/webp', new Uint8Array(3), 'static sticker'],
])('%s is counted by its type, a sticker by whether it moves', (type, beginning, kind) => {
  expect(fileKind(type, beginning)).toBe(kind);
});

it('says sizes as people do, never less than they are', () => {
  expect([1, 1024, 102_401, 5_242_880, 5_242_881].map(sizeInWords)).toEqual([
    '0.1 KB',
    '1 KB',
    '100.1 KB',
    '5 MB',
    '5.1 MB',
  ]);
});

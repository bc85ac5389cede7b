import { describe, expect, it } from 'vitest';
import { createResponseParser } from './response-parser.ts';

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK';
const empty = 'HTTP/1.1 200 OK\r\ncontent-length:0\r\n\r\n';
const refused = 'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 10\r\nContent-Length: 5\r\n\r\nlater';

function statusesOf(pieces: string[]): number[] {
  const statuses: number[] = [];
  const parse = createResponseParser((status) => statuses.push(status));
  for (const piece of pieces) parse(Buffer.from(piece));
  return statuses;
}

describe('the response parser', () => {
  it.each<[string, string[], number[]]>([
    ['one answer', [ok], [200]],
    ['an answer without a body', [empty], [200]],
    ['several in one piece', [ok + refused + empty], [200, 503, 200]],
    ['no content and no length', ['HTTP/1.1 204 No Content\r\n\r\n'], [204]],
    ['only a part', ['HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'], []],
  ])('%s', (_name, pieces, expected) => expect(statusesOf(pieces)).toEqual(expected));

  it('gives the same for any pieces', () => {
    const all = ok + refused + empty + ok;
    for (let size = 1; size < all.length; size++) {
      const pieces = all.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
      expect(statusesOf(pieces)).toEqual([200, 503, 200, 200]);
    }
  });

  it('refuses what it cannot measure', () => {
    expect(() => statusesOf(['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'])).toThrow(
      'without Content-Length',
    );
    expect(() => statusesOf(['SSH-2.0-OpenSSH\r\n\r\n'])).toThrow('no answer of HTTP/1.1');
  });
});

import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { acceptedKey, createAuthentication } from './authentication.ts';

const keys = [acceptedKey('admin', 'first-key'), acceptedKey('second', 'rk_second')];

describe('authentication', () => {
  it.each([
    ['Bearer first-key', { caller: { name: 'admin' } }],
    ['bearer first-key', { caller: { name: 'admin' } }],
    ['Bearer   rk_second ', { caller: { name: 'second' } }],
    ['Bearer first-ke', { refused: 'api-key-wrong' }],
    ['Bearer first-key first-key', { refused: 'api-key-missing' }],
    ['Basic Zmlyc3Qta2V5', { refused: 'api-key-missing' }],
    ['Bearer ', { refused: 'api-key-missing' }],
    ['first-key', { refused: 'api-key-missing' }],
    [undefined, { refused: 'api-key-missing' }],
  ])('of %j', (header, expected) => {
    expect(createAuthentication({ keys })(requestWith(header))).toEqual(expected);
  });

  it.each([['Bearer first-key'], ['Bearer undefined'], [undefined]])(
    'without any key refuses %j and says so',
    (header) => {
      expect(createAuthentication({ keys: [] })(requestWith(header))).toEqual({ refused: 'no-api-key' });
    },
  );

  it('lets a session in, but never beside a wrong key', () => {
    const authenticate = createAuthentication({ keys: [], sessionAllowed: () => true });
    expect(authenticate(requestWith(undefined))).toEqual({ caller: { name: 'session' } });
    expect(authenticate(requestWith('Bearer wrong'))).toEqual({ refused: 'no-api-key' });
  });

  it('keeps no key in the clear', () => {
    expect(JSON.stringify(acceptedKey('admin', 'first-key'))).not.toContain('first-key');
  });
});

function requestWith(authorization: string | undefined): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  if (authorization !== undefined) request.headers.authorization = authorization;
  return request;
}

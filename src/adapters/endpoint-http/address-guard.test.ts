import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAddressGuard, networkFault } from './address-guard.ts';

const guard = createAddressGuard();

describe('addresses that are closed', () => {
  it.each([
    ['127.0.0.1', /very machine/],
    ['127.255.255.254', /very machine/],
    ['0.0.0.0', /very machine/],
    ['::1', /very machine/],
    ['::', /very machine/],
    ['10.0.0.1', /private/],
    ['172.16.0.1', /private/],
    ['172.31.255.255', /private/],
    ['192.168.1.1', /private/],
    ['fd00::1', /private/],
    ['fec0::1', /private/],
    ['169.254.169.254', /link-local/],
    ['fe80::1', /link-local/],
    ['fe80::1%eth0', /link-local/],
    ['fd00:ec2::254', /private/],
    ['100.64.0.1', /provider/],
    ['224.0.0.1', /group/],
    ['255.255.255.255', /group/],
    ['ff02::1', /group/],
    ['192.0.2.1', /examples/],
    ['198.18.0.1', /examples/],
    ['2001:db8::1', /examples/],
    ['192.0.0.192', /reserved/],
    ['240.0.0.1', /reserved/],
    ['2001::1', /reserved/],
    ['64:ff9b:1::1', /reserved/],
    // The same in disguise.
    ['::ffff:127.0.0.1', /very machine/],
    ['::ffff:a9fe:a9fe', /link-local/],
    ['::ffff:0:10.0.0.1', /private/],
    ['::10.0.0.1', /private/],
    ['64:ff9b::169.254.169.254', /link-local/],
    ['64:ff9b::7f00:1', /very machine/],
    ['2002:7f00:1::', /very machine/],
    ['2002:a9fe:a9fe::1', /link-local/],
    ['localhost', /no address/],
    ['', /no address/],
  ])('%s', (address, reason) => {
    expect(guard(address)).toMatch(reason);
  });
});

describe('addresses that are open', () => {
  it.each([
    '1.1.1.1',
    '172.15.255.255',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
    '2002:808:808::1',
  ])('%s', (address) => {
    expect(guard(address)).toBeNull();
  });

  it('those of a network that was allowed, in any disguise, and no other', () => {
    const allowing = createAddressGuard(['10.1.0.0/16', '127.0.0.1', 'fd00:1::/32']);
    for (const address of ['10.1.2.3', '::ffff:10.1.2.3', '127.0.0.1', 'fd00:1::5']) {
      expect(allowing(address)).toBeNull();
    }
    for (const address of ['10.2.0.1', '127.0.0.2', 'fd00:2::5', '::1'])
      expect(allowing(address)).not.toBeNull();
  });
});

it('an address of IPv4 is judged alike in every way to carry it', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const verdict = guard(address);
      const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
      const [high, low] = [((a << 8) | b).toString(16), ((c << 8) | d).toString(16)];
      for (const disguise of [`::ffff:${address}`, `64:ff9b::${high}:${low}`, `2002:${high}:${low}::`]) {
        expect([disguise, guard(disguise)]).toEqual([disguise, verdict]);
      }
    }),
  );
});

it.each(['10.0.0.0/33', '10.0.0/8', 'localhost', '10.0.0.0/8/8', '10.0.0.0/-1', 'fd00::/129'])(
  '%s is no network',
  (network) => {
    expect(networkFault(network)).not.toBeNull();
    expect(() => createAddressGuard([network])).toThrow(TypeError);
  },
);

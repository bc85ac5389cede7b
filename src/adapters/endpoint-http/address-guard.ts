import { BlockList, isIP, isIPv4 } from 'node:net';

/** Says of an address why nothing may be sent there; null when it may. */
export type AddressGuard = (address: string) => string | null;

/** Networks that no endpoint of somebody else's lies in (IANA's special-purpose registries of IPv4 and IPv6). */
const closedNetworks: readonly { name: string; networks: readonly string[] }[] = [
  { name: 'this very machine', networks: ['127.0.0.0/8', '::1/128', '0.0.0.0/8', '::/128'] },
  {
    name: 'a private network',
    networks: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fec0::/10'],
  },
  {
    name: 'a link-local address, where clouds keep their secrets',
    networks: ['169.254.0.0/16', 'fe80::/10'],
  },
  { name: 'a provider’s shared network', networks: ['100.64.0.0/10'] },
  { name: 'a group of machines', networks: ['224.0.0.0/4', 'ff00::/8', '255.255.255.255/32'] },
  {
    name: 'an address for examples and measurements',
    networks: [
      '192.0.2.0/24',
      '198.51.100.0/24',
      '203.0.113.0/24',
      '198.18.0.0/15',
      '2001:db8::/32',
      '3fff::/20',
      '2001:2::/48',
    ],
  },
  {
    name: 'a reserved address',
    networks: [
      '192.0.0.0/24',
      '192.88.99.0/24',
      '240.0.0.0/4',
      '100::/64',
      '2001::/32',
      '2001:10::/28',
      '2001:20::/28',
      '5f00::/16',
      '64:ff9b:1::/48',
    ],
  },
];

/** What an address of IPv6 stands for when it carries one of IPv4: by how many leading groups, and where that begins. */
const carriers: readonly { groups: readonly number[]; at: number }[] = [
  // Mapped, compatible and translated.
  { groups: [0, 0, 0, 0, 0, 0xffff], at: 6 },
  { groups: [0, 0, 0, 0, 0, 0], at: 6 },
  { groups: [0, 0, 0, 0, 0xffff, 0], at: 6 },
  // NAT64, by which a machine without IPv4 reaches all of it.
  { groups: [0x64, 0xff9b, 0, 0, 0, 0], at: 6 },
  // 6to4.
  { groups: [0x2002], at: 1 },
];

/**
 * Makes a guard against requests that reach into the network of the gateway. What carries an address of IPv4 is judged
 * by that.
 *
 * @param allowed networks that may be reached although they are closed, such as `10.1.0.0/16`; throws a TypeError for
 *   what is no network
 */
export function createAddressGuard(allowed: readonly string[] = []): AddressGuard {
  const open = blockListOf(allowed);
  const closed = closedNetworks.map(({ name, networks }) => ({ name, list: blockListOf(networks) }));

  return (address) => {
    const [bare = ''] = address.split('%');
    const carried = isIPv4(bare) ? null : carriedAddress(bare);
    const judged = carried ?? bare;
    const family = isIPv4(judged) ? 'ipv4' : 'ipv6';
    if (isIP(judged) === 0) return 'no address';
    if (open.check(judged, family) || (carried !== null && open.check(bare, 'ipv6'))) return null;
    return closed.find(({ list }) => list.check(judged, family))?.name ?? null;
  };
}

/** Why a text is no network; null when it is one. */
export function networkFault(network: string): string | null {
  const [address = '', prefix, ...rest] = network.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return `${network} is no address, and no network such as 10.1.0.0/16.`;
  if (prefix === undefined) return null;
  const longest = family === 4 ? 32 : 128;
  if (/^\d{1,3}$/.test(prefix) && Number(prefix) <= longest) return null;
  return `${network} ends in a prefix that is not 0 to ${longest}.`;
}

function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const fault = networkFault(network);
    if (fault !== null) throw new TypeError(fault);
    const [address = '', prefix] = network.split('/');
    const [longest, family] = isIPv4(address) ? [32, 'ipv4' as const] : [128, 'ipv6' as const];
    list.addSubnet(address, prefix === undefined ? longest : Number(prefix), family);
  }
  return list;
}

/** The address of IPv4 that one of IPv6 carries; null when it carries none. */
function carriedAddress(address: string): string | null {
  const groups = groupsOf(address);
  if (groups === null) return null;
  const carrier = carriers.find(({ groups: first }) =>
    first.every((group, index) => groups[index] === group),
  );
  if (carrier === undefined) return null;
  const [high = 0, low = 0] = groups.slice(carrier.at, carrier.at + 2);
  // `::` and `::1` carry nothing.
  if (carrier.at === 6 && groups.slice(0, 7).every((group) => group === 0) && low <= 1) return null;
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** The eight groups of an address of IPv6; null for anything else. */
function groupsOf(address: string): number[] | null {
  if (isIP(address) !== 6) return null;
  // A URL writes it in one way only: groups in hexadecimal, the longest run of zeros left out.
  const [before = '', after] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const left = groupsIn(before);
  if (after === undefined) return left;
  const right = groupsIn(after);
  return [...left, ...new Array<number>(8 - left.length - right.length).fill(0), ...right];
}

function groupsIn(part: string): number[] {
  return part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
}

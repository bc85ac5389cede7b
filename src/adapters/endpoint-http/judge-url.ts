import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import type { UrlRefusal } from '../../flows/forwarding/endpoints.ts';
import { createAddressGuard } from './address-guard.ts';
import { systemLookup } from './guarded-connect.ts';

/**
 * Makes the judge of URLs that users name, for when they name them: so a mistake is told at once and not by deliveries
 * that fail. Each connection is judged again.
 *
 * @param options.allowed networks that may be reached although they are closed; plain http goes into these only
 * @param options.lookup asks for the addresses of a name; the system's own when left out
 */
export function createUrlJudge(options: {
  allowed: readonly string[];
  lookup?: (name: string) => Promise<LookupAddress[]>;
}): (url: string) => Promise<UrlRefusal | null> {
  const guard = createAddressGuard(options.allowed);
  const strictGuard = createAddressGuard();
  const lookup = options.lookup ?? systemLookup;

  return async (text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url === null || !['http:', 'https:'].includes(url.protocol)) {
      return malformed(`${shown(text)} is no address that begins with https:// or http://.`);
    }
    if (url.username !== '' || url.password !== '') {
      return malformed('The address holds a user or a password; give it in a header instead.');
    }
    if (url.hash !== '') return malformed('The address has a part behind #, which is never sent.');
    const name = url.hostname.replace(/^\[|\]$/g, '');
    const found = isIP(name) === 0 ? await addressesOf(name, lookup) : [name];
    if (found.length === 0) {
      return { refusal: 'endpoint-name-unknown', found: `The name ${name} leads to no address.` };
    }
    for (const address of found) {
      const reason = guard(address);
      if (reason === null) continue;
      const network = isIP(address) === 6 ? `${address}/128` : `${address}/32`;
      return {
        refusal: 'endpoint-address-closed',
        found: `${name === address ? address : `${name} is ${address}, which`} is ${reason}. If your application is meant to be there, set ENDPOINT_NETWORKS=${network} in .env, restart Recado, and try again.`,
      };
    }
    if (url.protocol === 'http:' && found.some((address) => strictGuard(address) === null)) {
      return {
        refusal: 'endpoint-unencrypted',
        found: `${url.origin} is not encrypted, and what people write would pass through the open network.`,
      };
    }
    return null;
  };
}

function malformed(found: string): UrlRefusal {
  return { refusal: 'endpoint-url-malformed', found };
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}

async function addressesOf(
  name: string,
  lookup: (name: string) => Promise<LookupAddress[]>,
): Promise<string[]> {
  try {
    return (await lookup(name)).map(({ address }) => address);
  } catch {
    return [];
  }
}

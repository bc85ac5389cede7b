import { type LookupAddress, lookup as lookupName } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import type { AddressGuard } from './address-guard.ts';

/**
 * Makes connections to addresses that the guard lets through. It is judged where the connection is made, not before: a
 * name may lead elsewhere the second time it is asked.
 *
 * @param options.timeout in milliseconds
 * @param options.lookup asks for the addresses of a name; the system's own when left out
 */
export function createGuardedConnect(options: {
  guard: AddressGuard;
  timeout: number;
  lookup?: ((name: string) => Promise<LookupAddress[]>) | undefined;
}): buildConnector.connector {
  const { guard } = options;
  const connect = buildConnector({
    timeout: options.timeout,
    lookup: guardedLookup(guard, options.lookup ?? systemLookup),
  });
  // A literal address is never looked up, so it is judged here; and whatever was looked up is judged again.
  return (target, done) => {
    const literal = target.hostname.replace(/^\[|\]$/g, '');
    const refusal = isIP(literal) === 0 ? null : guard(literal);
    if (refusal !== null) {
      done(new ForbiddenAddress(literal, refusal), null);
      return;
    }
    connect(target, (failure, socket) => {
      if (failure !== null) {
        done(failure, null);
        return;
      }
      const forbidden = guard(socket.remoteAddress ?? '');
      if (forbidden === null) {
        done(null, socket);
        return;
      }
      done(new ForbiddenAddress(socket.remoteAddress ?? literal, forbidden), null);
      socket.destroy();
    });
  };
}

/** The address lies in a closed network. The message is for people. */
export class ForbiddenAddress extends Error {
  override name = 'ForbiddenAddress';
  constructor(address: string, reason: string) {
    super(`${address} is ${reason}`);
  }
}

/** Gives the addresses of a name that may be reached, and an error when there is none. */
function guardedLookup(
  guard: AddressGuard,
  lookup: (name: string) => Promise<LookupAddress[]>,
): LookupFunction {
  return (name, options, done) => {
    lookup(name).then(
      (found) => {
        const open = found.filter(({ address }) => guard(address) === null);
        const [first] = open;
        const [closed] = found;
        if (first === undefined) {
          const reason = closed === undefined ? 'no address' : (guard(closed.address) ?? '');
          done(new ForbiddenAddress(closed?.address ?? name, reason), '', 0);
        } else if (options.all === true) done(null, open);
        else done(null, first.address, first.family);
      },
      (failure: NodeJS.ErrnoException) => done(failure, '', 0),
    );
  };
}

/** Asks the system for the addresses of a name. */
export function systemLookup(name: string): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookupName(name, { all: true, verbatim: true }, (failure, addresses) => {
      if (failure === null) resolve(addresses);
      else reject(failure);
    });
  });
}

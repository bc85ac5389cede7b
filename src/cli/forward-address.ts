import { printable } from '../adapters/telemetry/printable.ts';
import { type Destination, destinationKind } from '../destinations.ts';
import { CommandError, errorCode, wrongUsage } from './command-error.ts';

/** Where `listen --forward-to` forwards to. */
export type ForwardAddress = {
  url: string;
  /** The address without its password: for the screen and for files. */
  shown: string;
  /** @throws CommandError when the broker's client is not installed, or the address lacks something */
  open(): Promise<Destination>;
};

/** @throws CommandError for what is no address that can be forwarded to */
export function readForwardAddress(text: string): ForwardAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  const kind = url === null ? null : destinationKind(url);
  if (url === null || kind === null || url.hash !== '') {
    throw wrongUsage(
      `--forward-to takes an address that begins with http://, https://, amqp://, amqps://, redis:// or rediss:// and has no #; found "${printable(text)}".`,
      'npx recado listen --forward-to http://localhost:3000/hook',
    );
  }
  const shown = new URL(url);
  if (shown.password !== '') shown.password = '***';
  return {
    url: url.href,
    shown: shown.href,
    async open() {
      try {
        return await kind.open(url.href);
      } catch (error) {
        if (error instanceof TypeError) {
          throw wrongUsage(error.message, `npx recado listen --forward-to "${kind.example}"`);
        }
        if (kind.needs !== null && errorCode(error) === 'ERR_MODULE_NOT_FOUND') {
          throw new CommandError(
            `${kind.needs} is not installed. Recado speaks to this broker through it, and does not bring it along.`,
            `Beside Recado: npm install ${kind.needs}`,
            { cause: error },
          );
        }
        throw error;
      }
    },
  };
}

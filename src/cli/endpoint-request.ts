import type { JsonObject } from '../domain/json.ts';
import { wrongUsage } from './command-error.ts';

/** The flags of `endpoints` that say what an endpoint is like. */
export type EndpointFlags = {
  url?: string;
  name?: string;
  format?: string;
  order?: string;
  /** Kinds of events, separated by commas; `all` for every kind. */
  kinds?: string;
  businessPhone?: string[];
  /** `Name: value` each. */
  header?: string[];
  concurrency?: string;
  perSecond?: string;
  secret?: string;
};

/** The members of a request about an endpoint that flags name. @throws CommandError for what is not readable */
export function endpointRequest(flags: EndpointFlags): JsonObject {
  const { url, name, format, order, kinds, businessPhone, header, concurrency, perSecond, secret } = flags;
  return {
    ...(url === undefined ? {} : { url }),
    ...(name === undefined ? {} : { name: name === '' ? null : name }),
    ...(format === undefined ? {} : { format }),
    ...(order === undefined ? {} : { order }),
    ...(kinds === undefined
      ? {}
      : { kinds: kinds === 'all' ? null : kinds.split(',').map((kind) => kind.trim()) }),
    ...(businessPhone === undefined ? {} : { businessPhones: businessPhone }),
    ...(header === undefined ? {} : { headers: Object.fromEntries(header.map(headerOf)) }),
    ...(concurrency === undefined ? {} : { concurrency: numberOf('--concurrency', concurrency) }),
    ...(perSecond === undefined
      ? {}
      : { perSecond: perSecond === 'any' ? null : numberOf('--per-second', perSecond) }),
    ...(secret === undefined ? {} : { secret }),
  };
}

function headerOf(text: string): [string, string] {
  const colon = text.indexOf(':');
  if (colon > 0) return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
  throw wrongUsage(
    `--header takes a name and a value; found "${text}".`,
    'Write it such as --header "Authorization: Bearer abc".',
  );
}

function numberOf(flag: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number)) return number;
  throw wrongUsage(`${flag} takes a whole number; found "${text}".`, `Write it such as ${flag} 10.`);
}

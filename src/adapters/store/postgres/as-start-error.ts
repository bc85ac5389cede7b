import { StartError } from '../../../runtime/start-error.ts';
import { StoreFailure } from '../store-failure.ts';

/** What is wrong with the way to a database, by SQLSTATE or by the code of the operating system. */
const sentences: Record<string, (place: string) => [message: string, remedy: string]> = {
  '28P01': (place) => [
    `PostgreSQL at ${place} refuses the password.`,
    'Correct user and password in DATABASE_URL; characters such as @, : and / are written as %40, %3A and %2F.',
  ],
  '28000': (place) => [
    `PostgreSQL at ${place} lets this user in from nowhere here.`,
    'Add a line for the user and this address to pg_hba.conf, reload the server, and check the user name in DATABASE_URL.',
  ],
  '3D000': (place) => [
    `There is no such database at ${place}.`,
    'Make it, as an administrator: create database recado owner recado; or correct the name in DATABASE_URL.',
  ],
  '42501': (place) => [
    `The user of DATABASE_URL may not make tables at ${place}.`,
    'As an administrator: alter database … owner to …; or grant create on schema public to the user.',
  ],
  '53300': (place) => [
    `PostgreSQL at ${place} has no connection left.`,
    'Raise max_connections, end connections that nobody uses, or put PgBouncer in between and set DATABASE_DIRECT_URL.',
  ],
  '08P01': (place) => [
    `${place} does not take the settings of a connection: it is probably PgBouncer in transaction mode.`,
    'Set DATABASE_DIRECT_URL to the address of PostgreSQL itself; Recado then asks nothing of PgBouncer that it cannot do.',
  ],
  ENOTFOUND: (place) => [
    `The host of ${place} has no address.`,
    'Correct the host name in DATABASE_URL, or wait for the name server.',
  ],
  ECONNREFUSED: (place) => [
    `Nothing answers at ${place}.`,
    'Start PostgreSQL there, or correct host and port in DATABASE_URL.',
  ],
  SELF_SIGNED_CERT_IN_CHAIN: certificate,
  DEPTH_ZERO_SELF_SIGNED_CERT: certificate,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificate,
};

function certificate(place: string): [string, string] {
  return [
    `The certificate of PostgreSQL at ${place} is signed by nobody whom this machine trusts.`,
    'Add sslrootcert=/path/to/ca.pem to DATABASE_URL.',
  ];
}

/** A failure while a database is opened as a sentence with its cure. */
export function asStartError(failure: unknown, place: string): unknown {
  if (!(failure instanceof StoreFailure)) return failure;
  const known = sentences[failure.code];
  const [message, remedy] = known?.(place) ?? [
    `PostgreSQL at ${place} cannot be used: ${failure.message} (${failure.code}).`,
    'Check that it runs and that DATABASE_URL names it: psql "$DATABASE_URL" -c "select 1" tells more.',
  ];
  return new StartError(message, remedy);
}

/** Host, port and database of an address: never the user or the password. */
export function placeOf(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url);
  const host = hostname === '' ? (searchParams.get('host') ?? 'localhost') : hostname;
  return `${host}:${port === '' ? '5432' : port}${pathname}`;
}

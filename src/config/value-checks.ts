/** Checks of the values that are not Meta's own: addresses, the database, keys. */
import { isIP } from 'node:net';
import { mistake, type ValueCheck, warning } from './finding.ts';

/** An HTTP address to which others connect, without query or fragment. */
function checkUrl(value: string, example: string) {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return mistake(`an address such as ${example}`, 'Write it with https:// in front.');
  }
  if (url.search !== '' || url.hash !== '' || url.username !== '') {
    return mistake(
      `an address such as ${example}`,
      'Remove everything after the path, and any user name or password.',
    );
  }
  return null;
}

/** The public base address: HTTPS, and reachable from outside (meta-facts §1). */
export const checkPublicUrl: ValueCheck = (value) => {
  const finding = checkUrl(value, 'https://api.example.com');
  if (finding !== null) return finding;
  const url = new URL(value);
  if (isLoopback(url.hostname)) {
    return warning(
      'an address that Meta can reach from outside',
      'Use your domain, or the address of a tunnel.',
    );
  }
  if (url.protocol === 'http:') {
    return warning(
      'https, because Meta calls no other address',
      'Put a TLS certificate in front, or use a tunnel.',
    );
  }
  return null;
};

/** The Graph API's base address, without a version. */
export const checkGraphUrl: ValueCheck = (value) => {
  const finding = checkUrl(value, 'https://graph.facebook.com');
  if (finding !== null) return finding;
  const url = new URL(value);
  if (/\/v\d+(\.\d+)?\/?$/.test(url.pathname)) {
    return mistake('the base address without a version', 'Move the version to META_GRAPH_VERSION.');
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return warning(
      'https, because the access token travels to this address',
      'Use https unless this is a test network.',
    );
  }
  return null;
};

/** The address of a running gateway. */
export const checkRecadoUrl: ValueCheck = (value) => checkUrl(value, 'http://127.0.0.1:8000');

/** An address to listen on: a host name or an IP address, nothing else. */
export const checkHost: ValueCheck = (value) => {
  if (/^[\w.-]+$/.test(value) || isIP(value) !== 0) return null;
  return mistake(
    'an address of this machine such as 0.0.0.0 or 127.0.0.1',
    'Leave out http://, brackets and the port; the port belongs in PORT.',
  );
};

/** A TCP port; 0 lets the system choose. */
export const checkPort: ValueCheck = (value) =>
  /^\d{1,5}$/.test(value) && Number(value) <= 65_535
    ? null
    : mistake('a whole number from 0 to 65535', 'Choose a free port, such as PORT=8000.');

/** The port of the API when it is to be apart: another one than PORT. */
export const checkAdminPort: ValueCheck = (value, others) => {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) {
    return mistake('a whole number from 0 to 65535', 'Choose a free port, such as ADMIN_PORT=8001.');
  }
  return value !== '0' && value === (others('PORT') ?? '8000')
    ? mistake('another port than PORT', 'Choose a free one, such as ADMIN_PORT=8001, or remove it.')
    : null;
};

/** Somebody who may be written to: a phone number, a WhatsApp id, a user id (meta-facts §9) or a contact's id. */
export const checkPermittedRecipient: ValueCheck = (value) => {
  const digits = value.replace(/[\s().+-]/g, '');
  const isNumber = /^\+?[\d\s().-]+$/.test(value) && digits.length >= 7 && digits.length <= 15;
  if (isNumber || /^[A-Z]{2}\.(ENT\.)?[0-9A-Za-z]{1,128}$/.test(value) || /^ct_[0-9a-z]+$/.test(value))
    return null;
  return mistake(
    'phone numbers with their country codes, user ids (BR.…) or contact ids (ct_…)',
    'Write them like this: RECADO_ONLY_TO=+55 85 98765-4321, 551132100000',
  );
};

/** An address or a network of several, as CIDR writes it. */
export const checkNetwork: ValueCheck = (value) => {
  const [address = '', prefix, ...rest] = value.split('/');
  const longest = isIP(address) === 4 ? 32 : 128;
  const fits = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= longest);
  if (isIP(address) !== 0 && rest.length === 0 && fits) return null;
  return mistake(
    'addresses or networks, separated by commas',
    'For an application on this machine write ENDPOINT_NETWORKS=127.0.0.1/32',
  );
};

/** Requests per key and minute, or `none`. */
export const checkRateLimit: ValueCheck = (value) =>
  value === 'none' || /^[1-9]\d{0,6}$/.test(value)
    ? null
    : mistake('a whole number from 1 on, or none', 'Write RATE_LIMIT=6000, or remove it.');

/** One of the roles of a process; several are separated by commas. */
export const checkRole: ValueCheck = (value, others) => {
  if (value !== 'receive' && value !== 'work') {
    return mistake('receive, work, or both with a comma', 'Write RECADO_ROLES=receive,work, or remove it.');
  }
  const roles = (others('RECADO_ROLES') ?? '').split(',').map((role) => role.trim());
  const isShared = isPostgres(others('DATABASE_URL') ?? '');
  if (isShared || (roles.includes('receive') && roles.includes('work'))) return null;
  return mistake(
    'receive,work, because the embedded database belongs to one process',
    'Remove RECADO_ROLES, or set DATABASE_URL to an address of PostgreSQL.',
  );
};

/** Where the database is: `sqlite:` and a file, or the address of PostgreSQL. */
export const checkDatabaseUrl: ValueCheck = (value, others) => {
  if (isPostgres(value)) return checkPostgresUrl(value, others);
  const expected = 'sqlite: and a file, such as sqlite:./data/recado.db, or the address of PostgreSQL';
  const file = databaseFile(value);
  if (file === null) {
    return mistake(
      expected,
      'Write sqlite: and the path of the file, or postgres://user:password@host/database.',
    );
  }
  if (file === '' || file.includes(':memory:') || file.includes('?')) {
    return mistake(expected, 'Name a file on a disk that stays; options are not supported.');
  }
  return null;
};

/** PostgreSQL itself, where DATABASE_URL names a pool. */
export const checkDatabaseDirectUrl: ValueCheck = (value, others) => {
  const url = others('DATABASE_URL');
  if (url === null || !isPostgres(url)) {
    return mistake(
      'no value, because the embedded database needs none',
      'Remove DATABASE_DIRECT_URL, or set DATABASE_URL=postgres://…',
    );
  }
  return checkPostgresUrl(value, others);
};

/** The address of a database of PostgreSQL, as libpq writes it. */
export const checkPostgresUrl: ValueCheck = (value) => {
  const expected = 'an address such as postgres://user:password@host:5432/recado';
  const url = isPostgres(value) && URL.canParse(value) ? new URL(value) : null;
  if (url === null) {
    return mistake(
      expected,
      'Write special signs in the password as percent codes: @ is %40, : is %3A, / is %2F, # is %23.',
    );
  }
  if (url.pathname.length < 2 && !url.searchParams.has('dbname')) {
    return mistake(
      expected,
      'Add the name of the database after the host: …/recado',
      'no name of a database',
    );
  }
  if (url.hash !== '') {
    return mistake(expected, 'Write # in the password as %23.', 'an address that ends at a #');
  }
  return null;
};

/** Whether an address is one of PostgreSQL. */
function isPostgres(value: string): boolean {
  return /^postgres(ql)?:\/\//i.test(value);
}

/** The file behind a `sqlite:` address, relative as it was written; null for any other address. */
export function databaseFile(value: string): string | null {
  const match = /^sqlite:(?:\/\/)?(.*)$/is.exec(value);
  return match === null ? null : (match[1] ?? '');
}

/** An API key: printable, because it travels in a header, and long enough not to be guessed. */
export const checkAdminKey: ValueCheck = (value) => {
  const next = 'Run `npx recado init --replace RECADO_ADMIN_KEY` to make a new one.';
  if (!/^[\x21-\x7e]+$/.test(value)) return mistake('letters, digits and signs without spaces', next);
  if (value.length < 8) return mistake('at least 24 characters that nobody can guess', next);
  if (value.length < 24) return warning('at least 24 characters that nobody can guess', next);
  return null;
};

/** A key of 32 bytes. */
export const checkEncryptionKey: ValueCheck = (value) =>
  encryptionKey(value) === null
    ? mistake(
        '32 bytes, as 64 hexadecimal digits or as base64',
        'Make one: `openssl rand -hex 32`, or `npx recado init`, which writes it into .env.',
      )
    : null;

/** The bytes of an encryption key; null when the text is none. */
export function encryptionKey(value: string): Uint8Array | null {
  if (/^[0-9a-f]{64}$/i.test(value)) return Uint8Array.from(Buffer.from(value, 'hex'));
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(value)) return null;
  return Uint8Array.from(Buffer.from(value, 'base64'));
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}

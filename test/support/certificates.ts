import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate with its private key, as PEM, and what is needed to issue further ones with it. */
export type Certificate = { key: string; cert: string; name: string; signer: KeyObject };

const hour = 60 * 60_000;

/**
 * A fresh certificate in X.509, made by hand in DER, so that no private key lies in the repository and no other
 * program is needed. Valid for ten days from an hour ago on, unless said otherwise (`from`, `to` in milliseconds).
 *
 * @param options.issuer who vouches for it; itself when left out
 * @param options.hostname the host that it is for; an authority's when left out
 */
export function issueCertificate(options: {
  name: string;
  issuer?: Certificate;
  hostname?: string;
  from?: number;
  to?: number;
}): Certificate {
  const { name, issuer, hostname } = options;
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const from = options.from ?? Date.now() - hour;
  const to = options.to ?? Date.now() + 240 * hour;
  const algorithm = sequence(ecdsaWithSha256);
  const extensions = [
    sequence(basicConstraints, critical, der(0x04, sequence(...(hostname === undefined ? [yes] : [])))),
    ...(hostname === undefined
      ? []
      : [sequence(alternativeName, der(0x04, sequence(der(0x82, Buffer.from(hostname)))))]),
  ];
  const facts = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    distinguishedName(issuer?.name ?? name),
    sequence(time(from), time(to)),
    distinguishedName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = sign('sha256', facts, issuer?.signer ?? privateKey);
  const certificate = sequence(facts, algorithm, der(0x03, Buffer.from([0]), signature));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
    name,
    signer: privateKey,
  };
}

const commonName = Buffer.from('0603550403', 'hex');
const ecdsaWithSha256 = Buffer.from('06082a8648ce3d040302', 'hex');
const alternativeName = Buffer.from('0603551d11', 'hex');
const basicConstraints = Buffer.from('0603551d13', 'hex');
const critical = Buffer.from('0101ff', 'hex');
const yes = Buffer.from('0101ff', 'hex');

function distinguishedName(name: string): Buffer {
  return sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(name)))));
}

/** One DER element: tag, length, contents. */
function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...contents: Buffer[]): Buffer {
  return der(0x30, ...contents);
}

function time(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return der(0x18, Buffer.from(digits));
}

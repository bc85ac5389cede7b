import { generateKeyPairSync, sign } from 'node:crypto';

/**
 * A fresh TLS certificate for a host name that vouches for itself, as PEM, valid for an hour on either side
 * of now. Made by hand (X.509 in DER), so that no private key lies in the repository and no
 * other program is needed.
 */
export function selfSignedCertificate(hostname: string): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const now = Date.now();
  const hour = 60 * 60_000;
  const name = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from('recado test')))));
  const algorithm = sequence(ecdsaWithSha256);
  const subjectAlternativeName = sequence(der(0x82, Buffer.from(hostname)));
  const basicConstraints = sequence(der(0x01, Buffer.from([0xff])));
  const facts = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    algorithm,
    name,
    sequence(time(now - hour), time(now + hour)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      sequence(
        sequence(alternativeNameExtension, der(0x04, subjectAlternativeName)),
        sequence(basicConstraintsExtension, der(0x04, basicConstraints)),
      ),
    ),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', facts, privateKey)]);
  const certificate = sequence(facts, algorithm, der(0x03, signature));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
  };
}

const commonName = Buffer.from('0603550403', 'hex');
const ecdsaWithSha256 = Buffer.from('06082a8648ce3d040302', 'hex');
const alternativeNameExtension = Buffer.from('0603551d11', 'hex');
const basicConstraintsExtension = Buffer.from('0603551d13', 'hex');

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

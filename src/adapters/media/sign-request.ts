import { createHash, createHmac } from 'node:crypto';

/** Who asks a store of objects, and where it is. */
export type Credentials = { accessKeyId: string; secretAccessKey: string; region: string };

/** A request as it is signed. Its query is empty; header names are in small letters. */
export type UnsignedRequest = {
  method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  url: URL;
  headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body in hexadecimal digits; that of nothing for a request without one. */
  bodySha256: string;
};

/** SHA-256 of no bytes. */
export const NO_BODY = sha256('');

/**
 * The headers of a request to an S3-compatible store, signed by Signature Version 4, so that nobody can change it or
 * use it later.
 *
 * @param at in milliseconds; the store takes no request that is older or younger than 15 minutes
 */
export function signRequest(
  { method, url, headers, bodySha256 }: UnsignedRequest,
  { accessKeyId, secretAccessKey, region }: Credentials,
  at: number,
): Record<string, string> {
  const time = new Date(at).toISOString().replaceAll(/[:-]|\.\d{3}/g, '');
  const day = time.slice(0, 8);
  const signed: Record<string, string> = {
    ...headers,
    host: url.host,
    'x-amz-content-sha256': bodySha256,
    'x-amz-date': time,
  };
  const names = Object.keys(signed).sort();
  const canonical = [
    method,
    url.pathname,
    '',
    ...names.map((name) => `${name}:${signed[name]?.trim()}`),
    '',
    names.join(';'),
    bodySha256,
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<Uint8Array>(
    (earlier, part) => createHmac('sha256', earlier).update(part).digest(),
    new TextEncoder().encode(`AWS4${secretAccessKey}`),
  );
  const signature = createHmac('sha256', key).update(text).digest('hex');
  return {
    ...signed,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope},SignedHeaders=${names.join(';')},Signature=${signature}`,
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

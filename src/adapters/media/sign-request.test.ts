import { expect, it } from 'vitest';
import { NO_BODY, signRequest } from './sign-request.ts';

// The pretend credentials and the signature of the first example in Amazon's description of Signature Version 4.
const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
};
const at = Date.parse('2013-05-24T00:00:00Z');
const url = new URL('https://examplebucket.s3.amazonaws.com/test.txt');

it('signs as Amazon describes it', () => {
  const headers = signRequest(
    { method: 'GET', url, headers: { range: 'bytes=0-9' }, bodySha256: NO_BODY },
    credentials,
    at,
  );
  expect(headers).toMatchObject({
    'x-amz-date': '20130524T000000Z',
    'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  });
  expect(headers['authorization']).toContain(
    'SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  );
});

it('signs method, path, headers, body and time: another one has another signature', () => {
  const sign = (changes: object, time = at) =>
    signRequest({ method: 'GET', url, headers: {}, bodySha256: NO_BODY, ...changes }, credentials, time)[
      'authorization'
    ];
  const signatures = [
    sign({}),
    sign({ method: 'DELETE' }),
    sign({ url: new URL('https://examplebucket.s3.amazonaws.com/test2.txt') }),
    sign({ headers: { range: 'bytes=0-1' } }),
    sign({ bodySha256: 'a'.repeat(64) }),
    sign({}, at + 1000),
  ];
  expect(new Set(signatures).size).toBe(signatures.length);
  expect(sign({}, at + 1)).toBe(sign({}));
});

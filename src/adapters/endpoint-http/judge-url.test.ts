import { describe, expect, it } from 'vitest';
import { createUrlJudge } from './judge-url.ts';

const names: Record<string, string> = {
  'app.example.com': '93.184.215.14',
  'inside.example.com': '10.0.0.5',
  'metadata.example.com': '169.254.169.254',
};
const lookup = async (name: string) => {
  const address = names[name];
  if (address === undefined) throw new Error('ENOTFOUND');
  return [{ address, family: 4 }];
};
const judge = createUrlJudge({ allowed: [], lookup });
const allowing = createUrlJudge({ allowed: ['127.0.0.1/32', '10.0.0.0/24'], lookup });

describe('a URL that somebody names', () => {
  it('may be an encrypted address of the open network', async () => {
    expect(await judge('https://app.example.com/recado')).toBeNull();
  });

  it.each([
    'http://127.0.0.1:8000/',
    'http://localhost.localdomain.invalid/',
    'https://[::1]/',
    'https://[::ffff:169.254.169.254]/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://[64:ff9b::7f00:1]/',
    'https://inside.example.com/',
    'https://metadata.example.com/latest',
  ])('is refused when it leads into a closed network: %s', async (url) => {
    const refusal = await judge(url);
    expect(refusal?.refusal).toBe(
      url.includes('invalid') ? 'endpoint-name-unknown' : 'endpoint-address-closed',
    );
  });

  it('is refused with the very line that allows it', async () => {
    expect((await judge('http://127.0.0.1:8000/recado/'))?.found).toContain(
      'set ENDPOINT_NETWORKS=127.0.0.1/32 in .env',
    );
  });

  it('may be a closed network that was allowed, also without encryption', async () => {
    expect(await allowing('http://127.0.0.1:8000/recado/')).toBeNull();
    expect(await allowing('http://inside.example.com/')).toBeNull();
    expect((await allowing('https://metadata.example.com/'))?.refusal).toBe('endpoint-address-closed');
  });

  it('must be encrypted in the open network', async () => {
    expect((await allowing('http://app.example.com/'))?.refusal).toBe('endpoint-unencrypted');
  });

  it.each([
    'ftp://app.example.com/',
    'app.example.com',
    '',
    'https://me:secret@app.example.com/',
    'https://app.example.com/#x',
  ])('is refused when it is none to send to: %j', async (url) => {
    expect((await judge(url))?.refusal).toBe('endpoint-url-malformed');
  });
});

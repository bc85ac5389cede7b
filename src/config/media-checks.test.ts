import { describe, expect, it } from 'vitest';
import { readConfig } from './read-config.ts';

const keys = { MEDIA_BUCKET_KEY_ID: 'AKIA', MEDIA_BUCKET_SECRET: 'geheim' };

function read(environment: Record<string, string>) {
  return readConfig({ environment, dotenv: null, readFile: () => '' });
}

describe('where files are kept', () => {
  it('is beside the database, in a folder, or in a bucket', () => {
    expect(read({})).toMatchObject({ config: { media: { folder: null, bucket: null } } });
    expect(read({ MEDIA_FOLDER: '/srv/media' })).toMatchObject({
      config: { media: { folder: '/srv/media' } },
    });
    expect(read({ ...keys, MEDIA_BUCKET_URL: 'https://s3.example.com/files/recado/' })).toMatchObject({
      warnings: [],
      config: {
        media: {
          bucket: {
            url: 'https://s3.example.com/files/recado',
            region: 'us-east-1',
            accessKeyId: 'AKIA',
            secretAccessKey: 'geheim',
          },
        },
      },
    });
  });

  it.each([
    ['s3://files', keys],
    ['https://s3.example.com/files?a=1', keys],
    ['https://me:geheim@s3.example.com/files', keys],
    ['https://s3.example.com/our files', keys],
    ['https://s3.example.com/files', { MEDIA_BUCKET_KEY_ID: 'AKIA' }],
    ['https://s3.example.com/files', { MEDIA_BUCKET_SECRET: 'geheim' }],
  ])('%s is refused with the next step, and shows no secret', (url, others) => {
    const reading = read({ MEDIA_BUCKET_URL: url, ...others });
    expect(reading.ok).toBe(false);
    expect(JSON.stringify('mistakes' in reading ? reading.mistakes : [])).not.toContain('"geheim"');
  });
});

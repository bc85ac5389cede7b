/** Checks of the settings that say where files are kept. */
import { mistake, type ValueCheck } from './finding.ts';

const example = 'an address such as https://s3.eu-central-1.amazonaws.com/our-bucket/recado';

/** A bucket of an S3-compatible store, with a prefix if it has one. */
export const checkBucketUrl: ValueCheck = (value, others) => {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return mistake(example, 'Write it with https:// in front.');
  }
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    return mistake(
      example,
      'Remove everything behind the path, and any user name or password: these go into MEDIA_BUCKET_KEY_ID and MEDIA_BUCKET_SECRET.',
    );
  }
  if (!/^[\w./~-]*$/.test(url.pathname)) {
    return mistake(
      'a bucket and prefix of plain letters, digits, dots, hyphens and slashes',
      'Choose another prefix.',
    );
  }
  const missing = ['MEDIA_BUCKET_KEY_ID', 'MEDIA_BUCKET_SECRET'].find((name) => others(name) === null);
  if (missing === undefined) return null;
  return mistake(
    `${missing} beside it, because the store has to know who asks`,
    'Make an access key that may read, write and delete in this bucket, and set both of its parts.',
  );
};

/**
 * Where a file lies among others: `ab/abcdef…`, so that no folder has too many.
 *
 * @param sha256 of its bytes, in hexadecimal digits
 * @throws TypeError for anything else: nothing may lead out of the place of files
 */
export function fileKey(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError('A file is kept under its SHA-256.');
  return `${sha256.slice(0, 2)}/${sha256}`;
}

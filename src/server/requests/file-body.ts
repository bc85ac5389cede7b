import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { ProblemError, problemOf } from '../problem.ts';

/** The body of a request that is a file: its bytes as they are, under their own content type. */
export const fileBodySchema = z
  .custom<Readable>((value) => value instanceof Readable, { error: 'must be the bytes of a file' })
  .meta({ type: 'string', format: 'binary', description: 'The bytes of the file, as they are.' });

/** What clients declare that were told of no type. */
const noTypes = ['application/x-www-form-urlencoded', 'multipart/form-data'];

/**
 * The type of a file in a request.
 *
 * @throws ProblemError when there is none, or when the bytes are compressed on their way
 */
export function fileTypeIn(headers: IncomingHttpHeaders): string {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') throw new ProblemError(problemOf('body-encoded'));
  const type = headers['content-type']?.trim() ?? '';
  const bare = type.split(';')[0]?.trim().toLowerCase() ?? '';
  const isType = /^[\w.+-]+\/[\w.+-]+$/.test(bare) && /^[\x20-\x7e]{1,200}$/.test(type);
  if (!isType || noTypes.includes(bare)) throw new ProblemError(problemOf('upload-type-missing'));
  return type;
}

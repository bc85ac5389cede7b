import type { JsonObject } from '../../domain/json.ts';
import { readMetaCode, readObject, readText } from '../wire-values.ts';

/** Meta's error envelope, as far as a setup needs it (meta-facts §5). */
export type GraphError = {
  code: number;
  subcode: number | null;
  /** Meta's sentence with its details, if it has any; may be empty. */
  message: string;
};

/** The error that an answer of the Graph API holds; null when it holds none. */
export function readGraphError(body: JsonObject): GraphError | null {
  const error = readObject(body.error);
  const code = readMetaCode(error?.code);
  if (error === null || code === null) return null;
  const details = readText(readObject(error.error_data)?.details) ?? readText(error.error_user_msg);
  const message = [readText(error.message), details].filter((part) => part !== null).join(': ');
  return { code, subcode: readMetaCode(error.error_subcode), message };
}

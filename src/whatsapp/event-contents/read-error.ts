import type { ErrorContent } from '../../domain/event-content/error.ts';
import type { JsonObject } from '../../domain/json.ts';
import { readDecimal, readObject, readText } from '../wire-values.ts';

/** An error that stands beside messages, also one without a code (meta-facts §4.2). */
export function readError(error: JsonObject): ErrorContent {
  return {
    code: readDecimal(error.code),
    title: readText(error.title) ?? readText(error.message),
    details: readText(readObject(error.error_data)?.details),
    href: readText(error.href),
  };
}

import type { ErrorContent } from '../../domain/event-content/error.ts';
import type { JsonObject } from '../../domain/json.ts';
import { readMetaError } from '../element-facts.ts';
import { readText } from '../wire-values.ts';

/** An error that stands beside messages, also one without a code (meta-facts §4.2). */
export function readError(error: JsonObject): ErrorContent {
  return { ...readMetaError(error), href: readText(error.href) };
}

import type { Failure } from '../domain/failure.ts';
import { isJsonObject, type Json } from '../domain/json.ts';
import { failureOfMetaError } from './error-catalogue.ts';
import { readGraphError } from './graph-answers/read-graph-error.ts';
import { readText } from './wire-values.ts';

/** What Meta answered to an upload; `reason` is a sentence without its full stop. */
export type UploadAnswer =
  | { outcome: 'uploaded'; id: string }
  | { outcome: 'refused'; failure: Failure }
  | { outcome: 'unanswered'; reason: string };

/** Reads the answer of `POST /{phone-number-id}/media` (meta-facts §7.2). */
export function readUploadAnswer(httpStatus: number, bodyText: string): UploadAnswer {
  const body = parseJson(bodyText);
  if (isJsonObject(body)) {
    const error = readGraphError(body);
    if (error !== null) {
      const { code, subcode, message } = error;
      const failure = failureOfMetaError({ code, subcode, title: message, details: message });
      return { outcome: 'refused', failure };
    }
    const id = readText(body.id);
    if (id !== null && httpStatus >= 200 && httpStatus <= 299) return { outcome: 'uploaded', id };
  }
  return { outcome: 'unanswered', reason: `HTTP ${httpStatus} without an id` };
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

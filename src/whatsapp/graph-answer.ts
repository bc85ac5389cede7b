import type { Failure } from '../domain/failure.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { readAnswer } from './read-answer.ts';

/** What came of one call of the Graph API. */
export type GraphAnswer =
  | { outcome: 'answered'; body: JsonObject }
  /** Meta answered with its error envelope; `failure.details` is what Meta said. */
  | { outcome: 'refused'; failure: Failure }
  /** Nobody answered, or not as Meta does. */
  | { outcome: 'unanswered'; reason: string };

/** What an HTTP answer of a call about apps, accounts, phones and tokens means (meta-facts §5, §7.2). */
export function readGraphAnswer(httpStatus: number, bodyText: string): GraphAnswer {
  if (httpStatus >= 200 && httpStatus <= 299) {
    const body = objectIn(bodyText);
    if (body !== null && body.error === undefined) return { outcome: 'answered', body };
  }
  const answer = readAnswer(httpStatus, bodyText);
  if (answer.outcome === 'refused') return { outcome: 'refused', failure: answer.failure };
  return { outcome: 'unanswered', reason: `HTTP ${httpStatus} without Meta’s word on it` };
}

function objectIn(text: string): JsonObject | null {
  try {
    const value: Json = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

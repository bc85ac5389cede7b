import { isJsonObject, type Json } from '../domain/json.ts';
import type { RegistrationOutcome } from '../domain/registration.ts';
import { readAnswer } from './read-answer.ts';

/** What an HTTP answer of `POST /{phone-number-id}/register` means: `{"success":true}` or Meta's error envelope (meta-facts §7.2). */
export function readRegistrationAnswer(httpStatus: number, bodyText: string): RegistrationOutcome {
  if (httpStatus >= 200 && httpStatus <= 299 && saysSuccess(bodyText)) return { outcome: 'registered' };
  const answer = readAnswer(httpStatus, bodyText);
  if (answer.outcome === 'refused') return { outcome: 'refused', failure: answer.failure };
  return { outcome: 'unanswered', reason: `HTTP ${httpStatus} without Meta’s word on it` };
}

function saysSuccess(bodyText: string): boolean {
  try {
    const body: Json = JSON.parse(bodyText);
    return isJsonObject(body) && (body.success === true || body.success === 'true');
  } catch {
    return false;
  }
}

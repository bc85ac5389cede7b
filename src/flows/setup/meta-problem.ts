import { type SetupProblem, type SetupProblemCode, setupProblem } from '../../domain/setup-problem.ts';
import { failureCodeOfMeta } from '../../whatsapp/error-catalogue.ts';
import type { GraphError } from '../../whatsapp/graph-answers/read-graph-error.ts';
import type { Found } from './connection-plan.ts';
import type { GraphChange } from './graph-changes.ts';
import type { GraphReading } from './graph-reads.ts';

/** What a refusal means where the call says more than Meta's number does; null when it says no more. */
type Meaning = (code: SetupProblemCode) => SetupProblemCode | null;

/** Of a call that was made as the app itself, with its secret. */
export const asApp: Meaning = (code) => (code === 'access-token-refused' ? 'app-secret-wrong' : null);

/** Of a call that names a callback: Meta has no number for a handshake that fails, so it is what is nothing else. */
export const withCallback: Meaning = (code) => (code === 'meta-refused' ? 'callback-refused' : null);

/** A reading as what was found, or as the problem with it. */
export function foundIn<Value>(reading: GraphReading<Value>, meaning?: Meaning): Found<Value> {
  if (reading.got === 'value') return { found: reading.value };
  if (reading.got === 'nothing') return { problem: setupProblem('meta-unanswered', `${reading.reason}.`) };
  return { problem: problemOf(reading.error, meaning) };
}

/** The problem with a change; null when Meta took it. */
export function problemIn(change: GraphChange, meaning?: Meaning): SetupProblem | null {
  if (change.outcome === 'done') return null;
  if (change.outcome === 'unanswered') return setupProblem('meta-unanswered', `${change.reason}.`);
  return problemOf(change.error, meaning);
}

function problemOf(error: GraphError, meaning?: Meaning): SetupProblem {
  const code = codeOf(error);
  return {
    code: meaning?.(code) ?? code,
    metaCode: error.code,
    details: error.message === '' ? null : error.message,
  };
}

function codeOf({ code, subcode, message }: GraphError): SetupProblemCode {
  if (code === 100 && (subcode === 33 || /\bdoes not exist\b/i.test(message))) return 'id-unknown-to-meta';
  switch (failureCodeOfMeta(code)) {
    case 'access-token-refused':
      return 'access-token-refused';
    case 'permission-missing':
      return 'permission-missing';
    case 'meta-unavailable':
    case 'unexplained-by-meta':
    case 'call-rate-exceeded':
      return 'meta-unanswered';
    default:
      return 'meta-refused';
  }
}

import type { CheckFacts, Exchanged } from '../../../domain/check.ts';
import type { ReasonCode } from '../../../domain/check-reasons/reasons.ts';
import type { Judgement } from '../check.ts';
import type { GraphReading } from '../graph-reads.ts';

/** A judgement with the calls that led to it. */
export function judged(
  reason: ReasonCode,
  facts: CheckFacts = {},
  calls: readonly Exchanged[] = [],
): Judgement {
  return { reason, facts, calls: calls.map(({ call, answer }) => ({ call, answer })) };
}

/** Codes with which Meta asks for patience, or says nothing about the request (meta-facts §5). */
const passing: readonly number[] = [1, 2, 4, 80007, 131000, 131016];

/** What is said when a reading brought nothing, and nothing better is known; null when it brought a value. */
export function silenceOf<Value>(
  reading: GraphReading<Value>,
  calls: readonly Exchanged[] = [reading],
): Judgement | null {
  if (reading.got === 'value') return null;
  if (reading.got === 'nothing') return judged('meta-unanswered', { reason: reading.reason }, calls);
  return judged('meta-will-not-say', errorFacts(reading), calls);
}

/** Whether Meta refused for a reason that says something about the request. */
export function isRefusal<Value>(
  reading: GraphReading<Value>,
): reading is Extract<GraphReading<Value>, { got: 'refusal' }> {
  return reading.got === 'refusal' && !passing.includes(reading.error.code);
}

/** Number and sentence of a refusal. */
export function errorFacts(reading: Extract<GraphReading<unknown>, { got: 'refusal' }>): CheckFacts {
  const { code, message } = reading.error;
  return { code: String(code), message: message === '' ? '–' : withoutFullStop(message) };
}

/** A sentence that is put into another one. */
export function withoutFullStop(text: string): string {
  return text.replace(/[.\s]+$/, '');
}

/** A moment as people read it everywhere: `2026-11-22 22:40 UTC`. */
export function momentOf(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

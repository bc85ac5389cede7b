import { type FailureCode, failureCodes } from '../domain/failure.ts';

/** A code as a person asks for it: a number of Meta's, or a failure code of ours. */
export type ErrorCode = { metaCode: number } | { code: FailureCode };

/** Reads `133010`, `#133010`, `(#133010)`, or a failure code such as `window-closed`; null for anything else. */
export function readErrorCode(text: string): ErrorCode | null {
  const asked = text.trim();
  const number = /^(?:\(#(\d{1,9})\)|#?(\d{1,9}))$/.exec(asked);
  if (number !== null) return { metaCode: Number(number[1] ?? number[2]) };
  const code = failureCodes.find((known) => known === asked.toLowerCase());
  return code === undefined ? null : { code };
}

import { expect } from 'vitest';
import type { DoctorBody } from '../../src/server/contract/doctor.ts';

/** What doctor says of one link. */
export type Result = DoctorBody['checks'][number];

/** What is red, in the order of the chain. */
export function reds(chain: DoctorBody): Result[] {
  return chain.checks.filter(({ verdict }) => verdict === 'red');
}

/** Each link with its reason, for what a failed test prints. */
export const briefly = (results: readonly Result[]) =>
  results.map(({ check, reason }) => `${check}: ${reason}`);

/** Every sentence is filled with this installation's values. */
export function expectFilled(chain: DoctorBody): void {
  for (const { found, cure: steps } of chain.checks) {
    const texts = [found, ...steps.flatMap(({ text, run, set }) => [text, run ?? '', set ?? ''])];
    for (const text of texts) expect(text).not.toMatch(/\{\w+\}/);
  }
}

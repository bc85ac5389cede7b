import { printable } from '../adapters/telemetry/printable.ts';

/** The command that looks at the link of doctor's chain by which a failure is confirmed; null where none would. */
export function confirmCommand(check: string | null | undefined): string | null {
  return check === null || check === undefined ? null : printable(`npx recado doctor --only ${check}`);
}

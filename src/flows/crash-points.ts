/**
 * The named moments between which a process may die. Each stands between two steps of which one has
 * happened and the other has not; the crash tests kill the process there.
 */
export const crashPoints = [
  'after-verify',
  'after-commit',
  'before-fold',
  'inside-fold',
  'after-forward',
  'before-sending',
  'after-sending',
  'after-send',
  'after-record',
] as const;

/** One named moment. */
export type CrashPoint = (typeof crashPoints)[number];

/** Told of each crash point that is passed; does nothing outside the crash tests. */
export type Reached = (point: CrashPoint) => void;

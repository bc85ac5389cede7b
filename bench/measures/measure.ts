/** What is to be reached: at least or at most so much. */
export type Goal = { least: number } | { most: number };

/** One result. Absolute figures belong to the machine and its neighbours; ratios are what counts. */
export type Reading = {
  what: string;
  value: number;
  /** `×` for ratios; otherwise the unit, such as `ms` or `/s`. */
  unit: string;
  /** Goals of the first slice and the aim, as far as there are any. */
  slice?: Goal;
  aim?: Goal;
};

/** How much a run measures, and where. */
export type BenchRun = {
  /** A folder for databases, removed at the end. */
  folder: string;
  /** Interleaved rounds. */
  rounds: number;
  /** Length of one load, in milliseconds. */
  load: number;
  connections: number;
  quick: boolean;
  /** Events of the large feed. */
  largeFeed: number;
  /** False once the run has used up its time: begin no further round. */
  timeLeft(): boolean;
  /** Says on the standard error what goes on. */
  say(sentence: string): void;
};

/** A measure: starts what it needs, ends it again. */
export type Measure = (run: BenchRun) => Promise<Reading[]>;

/** Runs the rounds while there is time, the first one always. */
export async function inRounds(run: BenchRun, rounds: number, round: (number: number) => Promise<void>) {
  for (let number = 0; number < rounds && (number === 0 || run.timeLeft()); number++) await round(number);
}

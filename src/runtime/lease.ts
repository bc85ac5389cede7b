/**
 * Leases: which of several processes works on a unit. What a unit is, is nobody's business here.
 *
 * A lease has an owner, a fence and an end. Whoever takes a unit over gets a higher fence; the store refuses changes
 * under an older one, so a process that slept through the end of its lease can harm nothing when it wakes.
 */

/** A unit in the hands of a worker. The fence grows with every change of owner and never goes back. */
export type Lease = { unit: string; fence: number };

/** What the store knows of all leases at one moment, by its own clock. */
export type LeasePicture = {
  /** What the asking worker holds, lengthened just now. */
  held: Lease[];
  /** Every worker that lives, the asking one among them. */
  workers: string[];
  /** Every unit that somebody has ever held; `owner` is null when it was released, or the lease has ended. */
  units: { unit: string; owner: string | null }[];
};

/** What leases ask of the store. The end of a lease is counted by the store's clock, from the moment of the call. */
export type LeaseStore = {
  /**
   * Says that the worker lives, lengthens every lease that it holds and that has not ended, and tells how things
   * stand. It changes nothing but ends, and so waits for no work in flight.
   *
   * @param duration milliseconds
   */
  renewLeases(worker: string, duration: number): Promise<LeasePicture>;
  /**
   * Takes those of the units that nobody holds, each with a higher fence; waits for what the former owner has in
   * flight. Answers with those taken: others may have been quicker.
   */
  acquireLeases(worker: string, units: readonly string[], duration: number): Promise<Lease[]>;
  /** Gives leases back. One that is held by now under another fence stays as it is. */
  releaseLeases(worker: string, leases: readonly Lease[]): Promise<void>;
  /** Gives everything back and ends the worker's membership. */
  retireWorker(worker: string): Promise<void>;
};

/** A change was refused, because the unit is not in this worker's hands any more. Nothing of it was written. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
  readonly unit: string;

  constructor(unit: string) {
    super(`Another process owns ${unit} by now, or the lease has ended.`);
    this.unit = unit;
  }
}

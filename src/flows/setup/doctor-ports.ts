import type { GraphReads } from './graph-reads.ts';

/** What the database says of itself, or why it does not. Sizes in bytes, times in milliseconds. */
export type DatabaseEvidence = {
  /** Such as `SQLite 3.51 with a write-ahead log`. */
  engine: string;
  /** Every commit is on the disk before it is answered. */
  durable: boolean;
  space: { free: number; total: number } | null;
  /** Events that wait to be folded, in the lane that has most. */
  lag: number;
  commit: { done: true; milliseconds: number } | { done: false; code: string };
};

/** What doctor asks of the world. Every port is bounded in time and size, and none throws for what it finds. */
export type DoctorPorts = {
  graph: GraphReads;
  database(): Promise<DatabaseEvidence>;
  now(): number;
};

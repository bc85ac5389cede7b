import type { Lane } from '../../domain/lane.ts';

/** How the database and its work are doing: what a measurement reads now and then. */
export type StoreHealth = {
  /** The position of the newest event; 0 in an empty feed. */
  feedPosition: number;
  /** For each lane, the largest first, how many positions lie between its newest event and its cursor. */
  lag: { lane: Lane; positions: number }[];
  /** Notifications that are not at an end and wait for something, by state, counted up to the limit. */
  waiting: { state: 'queued' | 'sending' | 'unknown'; count: number }[];
  databaseBytes: number;
  /** What the write-ahead log of the embedded database holds; 0 on PostgreSQL, where it belongs to the server. */
  walBytes: number;
  /** Pages inside the file of the embedded database that hold nothing; 0 on PostgreSQL. */
  freePages: number;
  /** For how many seconds a transaction of PostgreSQL keeps dead rows from being cleaned up; null when none does. */
  pinnedSeconds: number | null;
  /** Dead rows that wait for being cleaned up, as PostgreSQL estimates; 0 in the embedded database. */
  deadRows: number;
};

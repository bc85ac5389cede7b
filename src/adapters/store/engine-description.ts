/** What the database is, and whether a commit is on the disk before it is answered. */
export type EngineDescription = {
  /** Such as `SQLite 3.51.0, write-ahead log` or `PostgreSQL 18.4`. */
  name: string;
  durable: boolean;
};

/**
 * What can be done to a database without a gateway, joined here as app.ts joins a gateway: commands reach the
 * store through this file only. `backUp` and `planMigration` take no ownership, so that a gateway may run meanwhile.
 */

export { type Moved, type MoveProgress, moveToPostgres } from './adapters/store/move/move-to-postgres.ts';
export { backUp } from './adapters/store/sqlite/back-up.ts';
export type { DatabaseFacts } from './adapters/store/sqlite/database-facts.ts';
export { belongsToDatabase } from './adapters/store/sqlite/database-files.ts';
export { migrateOffline, planMigration } from './adapters/store/sqlite/migrate-offline.ts';
export { type Restored, restore } from './adapters/store/sqlite/restore.ts';
export { inspectOffline } from './offline-doctor.ts';

import type { Migration } from '../migrate.ts';
import { first } from './001-first.ts';

/** Every migration of PostgreSQL, oldest first. A released one never changes. */
export const migrations: readonly Migration[] = [first];
